import type { Priority } from '../../../shared/domain/incident.ts';
import { assertNever } from '../../../shared/lib/assert.ts';
import type { Picture } from '../engine/engine.ts';
import {
  COMMAND_MARKS,
  type CommandMark,
  LANE_BODIES,
  type LaneBody,
} from '../scene/lane-symbol.ts';
import { palette } from './palette.ts';

type Pen = CanvasRenderingContext2D;

/** Room of a lane's picture at scale 1, a little wider than its cell for the priority's shape. */
const LANE_BOX = { w: 16, h: 20 };
const BAR = { w: 7, h: 12 };
const HATCH_PX = 8;

function bar(pen: Pen, colour: string): void {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.roundRect(-BAR.w / 2, -BAR.h / 2, BAR.w, BAR.h, 1);
  pen.fill();
}

function frame(pen: Pen, colour: string, dash: readonly number[] = []): void {
  pen.strokeStyle = colour;
  pen.lineWidth = 1.2;
  pen.setLineDash([...dash]);
  pen.strokeRect(-BAR.w / 2 + 0.6, -BAR.h / 2 + 0.6, BAR.w - 1.2, BAR.h - 1.2);
  pen.setLineDash([]);
}

function strokes(pen: Pen, colour: string, width: number, ...lines: readonly number[][]): void {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  for (const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] of lines) {
    pen.beginPath();
    pen.moveTo(x1, y1);
    pen.lineTo(x2, y2);
    pen.stroke();
  }
}

function hatched(pen: Pen): void {
  pen.save();
  pen.beginPath();
  pen.rect(-BAR.w / 2, -BAR.h / 2, BAR.w, BAR.h);
  pen.clip();
  const lines = [-12, -8, -4, 0, 4, 8].map((y) => [-BAR.w / 2, y + 6, BAR.w / 2, y - 1]);
  strokes(pen, palette.lane, 1.5, ...lines);
  pen.restore();
  frame(pen, palette.lane);
}

/** One lane's body: see the legend. */
function paintBody(pen: Pen, body: LaneBody): void {
  switch (body) {
    case 'shut':
      bar(pen, palette.lane);
      break;
    case 'busy':
      bar(pen, palette.laneBright);
      break;
    case 'open':
      pen.fillStyle = palette.laneBright;
      pen.fillRect(-BAR.w / 2, -BAR.h / 2, BAR.w, 3.5);
      pen.fillRect(-BAR.w / 2, BAR.h / 2 - 3.5, BAR.w, 3.5);
      break;
    case 'waiting':
      frame(pen, palette.laneBright);
      pen.fillStyle = palette.laneBright;
      pen.fillRect(-1.5, -2, 3, 4);
      break;
    case 'locked':
      bar(pen, palette.lane);
      strokes(pen, palette.plate, 1.8, [-3.5, -3.5, 3.5, 3.5], [-3.5, 3.5, 3.5, -3.5]);
      break;
    case 'held':
      strokes(pen, palette.laneBright, 1.8, [-2.8, -6, -2.8, 6], [2.8, -6, 2.8, 6]);
      break;
    case 'uncertain':
      hatched(pen);
      break;
    case 'stale':
      frame(pen, palette.lane, [1.8, 1.4]);
      break;
    case 'offline':
      frame(pen, palette.laneDim);
      strokes(pen, palette.laneDim, 1.2, [-3.5, 6, 3.5, -6]);
      break;
    default:
      assertNever(body, 'lane body');
  }
}

/** ▲ ◆ ■ ●: the shape of a priority, with a dark edge so that it stands out on every ground. */
function paintPriority(pen: Pen, priority: Priority): void {
  const r = 5.2;
  pen.fillStyle = palette.mark[priority];
  pen.strokeStyle = palette.plate;
  pen.lineWidth = 1.5;
  pen.beginPath();
  switch (priority) {
    case 1:
      pen.moveTo(0, -r - 0.8);
      pen.lineTo(r + 0.8, r - 0.6);
      pen.lineTo(-r - 0.8, r - 0.6);
      break;
    case 2:
      pen.moveTo(0, -r - 1);
      pen.lineTo(r + 1, 0);
      pen.lineTo(0, r + 1);
      pen.lineTo(-r - 1, 0);
      break;
    case 3:
      pen.rect(-r + 0.7, -r + 0.7, 2 * r - 1.4, 2 * r - 1.4);
      break;
    case 4:
      pen.arc(0, 0, r - 0.2, 0, 2 * Math.PI);
      break;
    default:
      assertNever(priority, 'priority');
  }
  pen.closePath();
  pen.stroke();
  pen.fill();
}

/** A command's progress, above the lane's bar. */
function paintCommand(pen: Pen, mark: CommandMark): void {
  const y = -7.5;
  pen.fillStyle = palette.plate;
  pen.fillRect(-5, y - 2.8, 10, 5.6);
  switch (mark) {
    case 'pending':
      pen.fillStyle = palette.focus;
      for (const x of [-3, 0, 3]) pen.fillRect(x - 0.9, y - 0.9, 1.8, 1.8);
      break;
    case 'done':
      strokes(pen, palette.focus, 1.5, [-2.6, y, -0.6, y + 2], [-0.6, y + 2, 2.8, y - 2]);
      break;
    case 'failed':
      strokes(
        pen,
        palette.mark[1],
        1.6,
        [-2.2, y - 2.2, 2.2, y + 2.2],
        [-2.2, y + 2.2, 2.2, y - 2.2],
      );
      break;
    default:
      assertNever(mark, 'command mark');
  }
}

function picture(
  name: string,
  width: number,
  height: number,
  pixelRatio: number,
  paint: (pen: Pen) => void,
): Picture {
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * pixelRatio);
  canvas.height = Math.ceil(height * pixelRatio);
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('no 2D canvas: the map cannot draw its pictures');
  pen.scale(pixelRatio, pixelRatio);
  pen.translate(width / 2, height / 2);
  paint(pen);
  return { name, pixelRatio, data: pen.getImageData(0, 0, canvas.width, canvas.height) };
}

/** Every picture of the style. `pixelRatio`: bitmap pixels per CSS pixel at scale 1. */
export function makePictures(pixelRatio: number): readonly Picture[] {
  const { w, h } = LANE_BOX;
  const hatch = picture('hatch', HATCH_PX, HATCH_PX, pixelRatio, (pen) => {
    const half = HATCH_PX / 2;
    for (const shift of [-HATCH_PX, 0, HATCH_PX]) {
      strokes(pen, palette.hatch, 1, [-half + shift, half, half + shift, -half]);
    }
  });
  return [
    hatch,
    ...LANE_BODIES.map((body) =>
      picture(`lane-${body}`, w, h, pixelRatio, (pen) => paintBody(pen, body)),
    ),
    ...([1, 2, 3, 4] as const).map((p) =>
      picture(`p${p}`, w, h, pixelRatio, (pen) => paintPriority(pen, p)),
    ),
    ...COMMAND_MARKS.map((mark) =>
      picture(`command-${mark}`, w, h, pixelRatio, (pen) => paintCommand(pen, mark)),
    ),
  ];
}
