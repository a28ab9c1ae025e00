import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Site } from '../../shared/domain/site.ts';
import { Language } from '../../shared/domain/text.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { decodeTrusted, readAfter, readHead } from '../engine/journal/read.ts';
import type { Segments } from '../engine/journal/segments.ts';
import { type ReportFile, reportCsv } from '../engine/reports/csv.ts';
import { dailyReport } from '../engine/reports/daily.ts';
import { type ReportSite, reportSite } from '../engine/reports/report-site.ts';
import { isDataLocked } from '../engine/store/data-lock.ts';
import { type Command, EXIT, sayFault, type Terminal } from './command.ts';
import { type DataFolder, openDataFolder, siteOf } from './data-folder.ts';

export const report: Command = {
  words: ['report'],
  places: ['DIR'],
  options: {
    day: { type: 'string' },
    out: { type: 'string' },
    lang: { type: 'string' },
    site: { type: 'string' },
    key: { type: 'string' },
  },
  takes: 'DIR --day YYYY-MM-DD --out FILE [--lang zh-HK|zh-CN|en] [--site FILE] [--key FILE]',
  summary: 'the daily report as a spreadsheet file (CSV)',
  run(given, terminal) {
    const out = given.text('out');
    const day = given.text('day');
    if (out === undefined || day === undefined) {
      return sayFault(terminal, { code: 'usage', text: 'name the --day and the --out file' });
    }
    const language = Language.safeParse(given.text('lang') ?? 'zh-HK');
    if (!language.success) {
      return sayFault(terminal, { code: 'usage', text: '--lang is zh-HK, zh-CN or en' });
    }
    const folder = openDataFolder(given);
    if (!folder.ok) return sayFault(terminal, folder.fault);
    const asked = { day, language: language.data, site: given.text('site') };
    const made = make(folder.value, asked, terminal);
    folder.value.segments.close();
    if (!made.ok) return sayFault(terminal, made.fault);
    const path = resolve(out);
    const written = write(path, made.value.text);
    if (!written.ok) return sayFault(terminal, written.fault);
    const bytes = Buffer.byteLength(made.value.text);
    terminal.out(`${path} ${bytes} bytes sha256 ${made.value.sha256}`);
    return EXIT.ok;
  },
};

interface Asked {
  readonly day: string;
  readonly language: Language;
  readonly site: string | undefined;
}

function make(folder: DataFolder, asked: Asked, terminal: Terminal): Result<ReportFile> {
  const { db, dir, segments } = folder;
  const site = siteOf(folder, asked.site, terminal);
  if (!site.ok) return site;
  const first = startOf(segments);
  const names = site.value === null ? unnamed(folder, first?.site) : reportSite(site.value);
  const training = site.value === null ? first?.training === true : isTraining(site.value);
  const newestMs = readHead(db).atMs;
  // Training keeps a calendar of its own: there only its newest record tells the time.
  const nowMs = training ? newestMs : Math.max(newestMs, terminal.nowMs());
  const context = { site: names, nowMs, running: isDataLocked(dir) };
  const made = dailyReport(segments, asked.day, context);
  if (!made.ok) return made;
  const { complete, incompleteBecause } = made.value;
  if (!complete) terminal.err(`twoline: not complete: ${incompleteBecause.join(', ')}`);
  return ok(reportCsv(made.value, names, asked.language));
}

function isTraining(site: Site): boolean {
  return site.training !== false;
}

/** What the journal's first event says of its console. */
function startOf({ all: [first] }: Segments): { site: string; training: boolean } | null {
  const row = first === undefined ? undefined : readAfter(first.db, 0, 1, 0)[0];
  if (row === undefined) return null;
  const event = decodeTrusted(row.body);
  return event.kind === 'engine.started'
    ? (event.data as { site: string; training: boolean })
    : null;
}

/** A site of which only the ids are known. */
function unnamed({ note }: DataFolder, site: string | undefined): ReportSite {
  const named = (note?.areas ?? []).map((id) => ({
    id,
    name: { 'zh-HK': id, 'zh-CN': id, en: id },
  }));
  const id = site ?? note?.console ?? 'console';
  return { id, name: null, areas: named, checkpoints: [], lanes: [], boards: null };
}

/** Whole or not at all: a spreadsheet that ends in the middle would be believed. */
function write(path: string, text: string): Result<null> {
  const part = `${path}.part`;
  try {
    writeFileSync(part, text);
    renameSync(part, path);
    return ok(null);
  } catch (error) {
    rmSync(part, { force: true });
    return fail('file-not-written', `cannot write the file: ${(error as Error).message}`, path);
  }
}
