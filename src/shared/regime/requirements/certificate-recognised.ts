import { minuteOf } from '../../lib/hk-time.ts';
import { failed, held, type RequirementCheck } from './requirement-check.ts';

type Detail = 'none' | 'not-designated' | 'not-made-here' | 'not-yet' | 'ended';

/**
 * One certificate that both sides recognise: a designated laboratory's report on goods made in the
 * zone, valid at this minute (its end exclusive).
 */
export const certificateRecognised: RequirementCheck<Detail, 'consignment'> = {
  is: 'certificate-recognised',
  kinds: ['consignment'],
  details: ['none', 'not-designated', 'not-made-here', 'not-yet', 'ended'],
  check({ certificate, atMs }) {
    if (certificate === null) return failed('none');
    const { laboratory, isDesignated, isMadeInZone, fromMs, toMs } = certificate;
    if (!isDesignated) return failed('not-designated', { laboratory });
    if (!isMadeInZone) return failed('not-made-here');
    const minute = minuteOf(atMs);
    if (minute < minuteOf(fromMs)) return failed('not-yet', { fromMs });
    return minute < toMs ? held : failed('ended', { toMs });
  },
};
