import type { ConsignmentDetail } from '../../../shared/contract/goods-rows.ts';
import {
  type OriginFigure,
  type OriginInput,
  originAccount,
} from '../../../shared/regime/origin.ts';
import { useQuery } from '../../live/use-query.ts';
import { Badge, Marked } from '../../ui/badges.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Section } from '../../ui/screen.tsx';
import { Busy, ErrorBox } from '../../ui/states.tsx';
import { moneyText } from '../../words/amounts.ts';
import { useWords } from '../../words/words.ts';

const AMOUNTS = [
  ...(['fobCents', 'hongKongCents', 'mainlandCents', 'partnersCents', 'othersCents'] as const),
  ...(['labourCents', 'developmentCents'] as const),
] as const;

function isAmount(field: string | undefined): field is keyof OriginInput {
  return AMOUNTS.some((one) => one === field);
}

/** One content: how it counts, what it must reach, and its arithmetic. */
function Figure({ figure }: { readonly figure: OriginFigure }) {
  const { t } = useWords();
  const { arithmetic, floorPercent, holds, method, withMainland, withPartners } = figure;
  const counts = [
    t(`goodsCheck.${method}`),
    t(`goodsCheck.${withMainland ? 'with' : 'without'}-mainland`),
    t(`goodsCheck.${withPartners ? 'with' : 'without'}-partners`),
  ];
  return (
    <li>
      <p>
        {`${counts.join(' · ')} · `}
        {floorPercent === null ? (
          <span className="dim">{t('goodsCheck.compare')}</span>
        ) : (
          <>
            {`${t('goodsCheck.needs', { percent: floorPercent })} `}
            <Badge tone={holds ? 'strong' : 'p3'}>
              {holds ? `✓ ${t('goodsCheck.holds')}` : t('goodsCheck.below')}
            </Badge>
          </>
        )}
      </p>
      <p className="goods-sum id">{arithmetic}</p>
    </li>
  );
}

function Account(props: {
  readonly origin: OriginInput;
  readonly setting: Parameters<typeof originAccount>[1];
}) {
  const { t } = useWords();
  const account = originAccount(props.origin, props.setting);
  if (!account.ok) {
    const { where } = account.fault;
    const field = isAmount(where) ? t(`goodsCheck.${where}`) : (where ?? '?');
    return (
      <Marked tone="p2" line>
        {t('goodsCheck.impossible', { field })}
      </Marked>
    );
  }
  const { figures, metBy } = account.value;
  return (
    <>
      <div className="goods-verdict">
        {metBy === null ? (
          <Marked tone="p2" line>
            {t('goodsCheck.not-met')}
          </Marked>
        ) : (
          <p className="high">✓ {t('goodsCheck.met-by', { method: t(`goodsCheck.${metBy}`) })}</p>
        )}
      </div>
      <ul className="plain-list" aria-label={t('goodsCheck.figures')}>
        {figures.map((figure) => (
          <Figure
            key={`${figure.method} ${figure.withMainland} ${figure.withPartners}`}
            figure={figure}
          />
        ))}
      </ul>
    </>
  );
}

/** The origin of a consignment as its maker declares it, worked out by the regime in force. */
export function OriginCheck({ of }: { readonly of: ConsignmentDetail['consignment'] }) {
  const words = useWords();
  const { t } = words;
  const { origin, currency } = of;
  const regime = useQuery('regime.read', origin === null ? null : { draft: null });
  if (origin === null) return null;
  const setting = regime.data?.regime.settings.origin;
  return (
    <Section title={t('goodsCheck.origin')}>
      <p className="dim small">{t('goodsCheck.origin-text')}</p>
      <Facts
        facts={AMOUNTS.map((name) => [
          t(`goodsCheck.${name}`),
          moneyText(words, origin[name], currency),
        ])}
      />
      {regime.fault !== null && <ErrorBox fault={regime.fault} onRetry={regime.again} />}
      {regime.data === null && regime.fault === null && <Busy />}
      {regime.data !== null &&
        (setting === undefined ? (
          <p className="dim">{t('goodsCheck.not-set')}</p>
        ) : (
          <Account origin={origin} setting={setting} />
        ))}
    </Section>
  );
}
