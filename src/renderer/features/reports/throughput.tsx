import { useMemo, useState } from 'react';
import type { DailyReport } from '../../../shared/contract/queries.ts';
import type { CheckpointId, LaneId } from '../../../shared/domain/ids.ts';
import { Direction, Line, PersonClass } from '../../../shared/domain/line.ts';
import { report as words } from '../../../shared/locale/report.ts';
import { useSite } from '../../live/client.tsx';
import { useNames } from '../../live/names.ts';
import { Choices } from '../../ui/choices.tsx';
import { type FigureColumn, FigureTable } from '../../ui/figure-table.tsx';
import { Section } from '../../ui/screen.tsx';
import { useWords } from '../../words/words.ts';
import {
  type GroupedFigure,
  type HourFigure,
  inOrder,
  passedBy,
  passedByHour,
  sumOf,
} from './figures.ts';
import { HourChart } from './hour-chart.tsx';

type Grouping = 'checkpoint' | 'lane' | 'class';
type Shown = Grouping | 'hour';

const SHOWN: readonly Shown[] = ['checkpoint', 'lane', 'class', 'hour'];
/** Between the parts of a grouping's key; ids never hold it. */
const JOIN = '\n';

type Figure = GroupedFigure<string>;

/** The columns and the key of each grouping, in the language of the screen. */
function useGrouping(by: Grouping): {
  keyOf: (row: DailyReport['throughput'][number]) => string;
  columns: readonly FigureColumn<Figure>[];
} {
  const { t, number } = useWords();
  const names = useNames();
  const part = (figure: Figure, n: number) => figure.key.split(JOIN)[n] ?? '';
  const passed: FigureColumn<Figure> = {
    title: t('reports.passed'),
    figure: true,
    cell: (figure) => number(figure.passed),
  };
  const direction: FigureColumn<Figure> = {
    title: t('reports.direction'),
    cell: (figure) => {
      const known = Direction.safeParse(part(figure, 1));
      return known.success ? t(`domain.direction-${known.data}`) : part(figure, 1);
    },
  };
  if (by === 'class') {
    const personClass: FigureColumn<Figure> = {
      title: t('reports.class'),
      cell: (figure) => {
        const known = PersonClass.safeParse(figure.key);
        return known.success ? t(`domain.class-${known.data}`) : figure.key;
      },
    };
    return { keyOf: (row) => row.class, columns: [personClass, passed] };
  }
  const line: FigureColumn<Figure> = {
    title: t('reports.line'),
    cell: (figure) => {
      const known = Line.safeParse(part(figure, 2));
      return known.success ? t(`domain.line-${known.data}`) : part(figure, 2);
    },
  };
  const place: FigureColumn<Figure> = {
    title: t(by === 'lane' ? 'reports.lane' : 'reports.checkpoint'),
    cell: (figure) =>
      by === 'lane'
        ? names.lane(part(figure, 0) as LaneId)
        : names.checkpoint(part(figure, 0) as CheckpointId),
  };
  return {
    keyOf: (row) => [row[by], row.direction, row.line].join(JOIN),
    columns: [line, place, direction, passed],
  };
}

type Rows = DailyReport['throughput'];

/** Persons by line and direction, and all of them. */
export function LineTotals({ report }: { readonly report: DailyReport }) {
  const { t, text3, number } = useWords();
  const { site } = useSite();
  const keyOf = (row: Rows[number]) => [row.line, row.direction].join(JOIN);
  const figures = passedBy(inOrder(report.throughput, site), keyOf).toSorted(byLine);
  const part = (figure: Figure, n: number) => figure.key.split(JOIN)[n];
  return (
    <Section title={text3(words['by-line'])}>
      <FigureTable
        label={text3(words['by-line'])}
        rows={figures}
        keyOf={(figure) => figure.key}
        columns={[
          {
            title: t('reports.line'),
            cell: (figure) => t(`domain.line-${part(figure, 0) as Line}`),
          },
          {
            title: t('reports.direction'),
            cell: (figure) => t(`domain.direction-${part(figure, 1) as Direction}`),
          },
          {
            title: t('reports.passed'),
            figure: true,
            cell: (figure) => number(figure.passed),
          },
        ]}
        foot={[t('reports.total'), '', number(sumOf(figures))]}
      />
    </Section>
  );
}

/** In the order of the lines, then in, out, across. */
function byLine(one: Figure, other: Figure): number {
  const rank = ({ key }: Figure) => {
    const [line, direction] = key.split(JOIN) as [Line, Direction];
    return Line.options.indexOf(line) * 10 + Direction.options.indexOf(direction);
  };
  return rank(one) - rank(other);
}

function hourText(hour: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(hour)}:00–${two(hour + 1)}:00`;
}

/** The figures of the picture, and those of the inner passages. */
function Hours({ hours }: { readonly hours: readonly HourFigure[] }) {
  const { t, number } = useWords();
  const sum = (of: (hour: HourFigure) => number) =>
    number(hours.reduce((all, hour) => all + of(hour), 0));
  const all = (hour: HourFigure) => hour.in + hour.out + hour.across;
  const figure = (title: string, of: (hour: HourFigure) => number) => ({
    title,
    figure: true,
    cell: (hour: HourFigure) => number(of(hour)),
  });
  return (
    <FigureTable
      label={t('reports.by-hour')}
      rows={hours}
      keyOf={({ hour }) => String(hour)}
      columns={[
        { title: t('reports.hour'), cell: ({ hour }) => hourText(hour) },
        ...Direction.options.map((one) =>
          figure(t(`domain.direction-${one}`), (hour) => hour[one]),
        ),
        figure(t('reports.total'), all),
      ]}
      foot={[
        t('reports.total'),
        ...Direction.options.map((one) => sum((hour) => hour[one])),
        sum(all),
      ]}
    />
  );
}

function Grouped({ rows, by }: { readonly rows: Rows; readonly by: Grouping }) {
  const { t, number } = useWords();
  const { keyOf, columns } = useGrouping(by);
  const figures = passedBy(rows, keyOf);
  const foot = columns.map((column, n) =>
    n === 0 ? t('reports.total') : column.figure ? number(sumOf(figures)) : '',
  );
  return (
    <FigureTable
      label={t('reports.throughput')}
      columns={columns}
      rows={figures}
      keyOf={(figure) => figure.key}
      foot={foot}
    />
  );
}

/** Who passed: by hour as a picture, and as a table grouped as one wants. */
export function Throughput({ report }: { readonly report: DailyReport }) {
  const { t } = useWords();
  const { site } = useSite();
  const [by, setBy] = useState<Shown>('checkpoint');
  const hours = passedByHour(report.throughput);
  const rows = useMemo(() => [...inOrder(report.throughput, site)], [report, site]);
  return (
    <Section
      title={t('reports.throughput')}
      tools={
        <Choices
          label={t('reports.group')}
          value={by}
          choices={SHOWN.map((value) => ({ value, text: t(`reports.by-${value}`) }))}
          onChange={setBy}
        />
      }
    >
      <HourChart hours={hours} />
      {by === 'hour' ? <Hours hours={hours} /> : <Grouped rows={rows} by={by} />}
    </Section>
  );
}
