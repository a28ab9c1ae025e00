/** What a run was asked for, and what its rows share. */
export interface BenchContext {
  /** Events of the large journal, and permits of the reference data. */
  readonly events: number;
  readonly permits: number;
  /** Late events in boards' memories while badges are read. */
  readonly late: number;
  /** How long each paced row measures, seconds; the burst and the screen have their own. */
  readonly seconds: number;
  readonly burstSeconds: number;
  readonly screenSeconds: number;
  readonly say: (line: string) => void;
}
