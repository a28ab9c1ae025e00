import type { ConsignmentDetail } from '../../../shared/contract/goods-rows.ts';
import { useZoneNow } from '../../live/now.ts';
import { Badge } from '../../ui/badges.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Section } from '../../ui/screen.tsx';
import { useWords } from '../../words/words.ts';
import { Declared } from './parts.tsx';

/** The certificate that a consignment comes with: what must hold for it to spare an inspection. */
export function CertificateFacts({ of }: { readonly of: ConsignmentDetail['consignment'] }) {
  const { t, dayTime } = useWords();
  const nowMs = useZoneNow();
  const { certificate } = of;
  if (certificate === null) return null;
  const { fromMs, isDesignated, isMadeInZone, laboratory, toMs } = certificate;
  const isValid = nowMs === null || (fromMs <= nowMs && nowMs < toMs);
  const yes = (is: boolean) => t(is ? 'goodsCheck.yes' : 'goodsCheck.no');
  const during = t('goodsCheck.valid-value', { from: dayTime(fromMs), to: dayTime(toMs) });
  return (
    <Section title={t('goodsCheck.certificate')}>
      <Facts
        facts={[
          [
            t('goodsCheck.certificate-number'),
            <span key="number" className="id">
              {certificate.certificate}
            </span>,
          ],
          [t('goodsCheck.laboratory'), <Declared key="laboratory">{laboratory}</Declared>],
          [t('goodsCheck.designated'), yes(isDesignated)],
          [t('goodsCheck.made-here'), yes(isMadeInZone)],
          [
            t('goodsCheck.valid'),
            <span key="valid">
              {during} {!isValid && <Badge tone="p3">{t('goodsCheck.not-valid')}</Badge>}
            </span>,
          ],
        ]}
      />
    </Section>
  );
}
