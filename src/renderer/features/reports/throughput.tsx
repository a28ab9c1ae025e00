import { useState } from 'react';
import type { DailyReport } from '../../../shared/contract/queries.ts';
import type { CheckpointId, LaneId } from '../../../shared/domain/ids.ts';
import { Direction, Line, PersonClass } from '../../../shared/domain/line.ts';
import { useNames } from '../../live/names.ts';
import { Choices } from '../../ui/choices.tsx';
import { Section } from '../../ui/screen.tsx';
import { useWords } from '../../words/words.ts';
import { type FigureColumn, FigureTable } from './figure-table.tsx';
import { type GroupedFigure, passedBy, passedByHour, sumOf } from './figures.ts';
import { HourChart } from './hour-chart.tsx';

type Grouping = 'checkpoint' | 'lane' | 'class';

const GROUPINGS: readonly Grouping[] = ['checkpoint', 'lane', 'class'];
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

/** Who passed: by hour as a picture, and grouped as one wants. */
export function Throughput({ report }: { readonly report: DailyReport }) {
  const { t, number } = useWords();
  const [by, setBy] = useState<Grouping>('checkpoint');
  const { keyOf, columns } = useGrouping(by);
  const figures = passedBy(report.throughput, keyOf);
  const foot = columns.map((column, n) =>
    n === 0 ? t('reports.total') : column.figure ? number(sumOf(figures)) : '',
  );
  return (
    <Section
      title={t('reports.throughput')}
      tools={
        <Choices
          label={t('reports.group')}
          value={by}
          choices={GROUPINGS.map((value) => ({ value, text: t(`reports.by-${value}`) }))}
          onChange={setBy}
        />
      }
    >
      <HourChart hours={passedByHour(report.throughput)} />
      <FigureTable
        label={t('reports.throughput')}
        columns={columns}
        rows={figures}
        keyOf={(figure) => figure.key}
        foot={foot}
      />
    </Section>
  );
}
