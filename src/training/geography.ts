import type { Line } from '../shared/domain/line.ts';
import type { Position } from '../shared/domain/site.ts';
import type { Text3 } from '../shared/domain/text.ts';

/**
 * The training zone's schematic geography, WGS84. The river and the Lok Ma Chau Loop follow
 * © OpenStreetMap contributors (ODbL 1.0), thinned and rounded; the outline of San Tin, the inner
 * passage and every checkpoint are invented for training, and the map says so.
 */
type Path = readonly Position[];

/** What the map must show beside anything drawn from these figures. */
export const ATTRIBUTION = '© OpenStreetMap contributors';

/** The Shenzhen River from Deep Bay east: the boundary that the first line follows. */
export const RIVER: Path = [
  [113.9478, 22.4724],
  [113.95768, 22.48207],
  [113.97809, 22.50013],
  [113.9952, 22.5102],
  [114.00001, 22.50864],
  [114.00403, 22.50515],
  [114.0076, 22.5024],
  [114.00963, 22.50153],
  [114.01148, 22.50096],
  [114.0135, 22.5009],
  [114.01683, 22.50236],
  [114.0205, 22.50484],
  [114.0245, 22.5066],
  [114.02984, 22.50682],
  [114.03561, 22.50609],
  [114.0408, 22.5051],
  [114.04397, 22.50415],
  [114.04682, 22.50307],
  [114.0495, 22.5025],
  [114.05176, 22.50255],
  [114.0539, 22.50296],
  [114.0556, 22.5039],
  [114.05649, 22.50575],
  [114.05689, 22.50819],
  [114.0577, 22.5105],
  [114.05964, 22.51291],
  [114.06214, 22.51514],
  [114.0648, 22.5168],
  [114.06748, 22.51735],
  [114.0703, 22.51742],
  [114.0726, 22.518],
  [114.07387, 22.51926],
  [114.07479, 22.52086],
  [114.0755, 22.5224],
  [114.07586, 22.5234],
  [114.0761, 22.52437],
  [114.0764, 22.5254],
  [114.07687, 22.52695],
  [114.07745, 22.52861],
  [114.0784, 22.53],
  [114.08036, 22.53098],
  [114.08287, 22.53158],
  [114.0853, 22.5324],
  [114.08756, 22.5341],
  [114.08974, 22.53604],
  [114.0918, 22.537],
  [114.09327, 22.53641],
  [114.09465, 22.53518],
  [114.0962, 22.5343],
  [114.09877, 22.53452],
  [114.10156, 22.53524],
  [114.1033, 22.5352],
  [114.10333, 22.53415],
  [114.10287, 22.53275],
  [114.1027, 22.532],
  [114.1031, 22.53258],
  [114.10378, 22.53378],
  [114.1046, 22.5345],
  [114.10602, 22.53367],
  [114.10775, 22.53188],
  [114.1096, 22.5306],
  [114.11169, 22.53036],
  [114.1139, 22.53062],
  [114.1156, 22.5313],
  [114.11621, 22.53221],
  [114.11654, 22.53336],
  [114.1171, 22.5343],
  [114.11831, 22.53476],
  [114.11979, 22.53495],
  [114.1212, 22.5354],
  [114.12249, 22.53664],
  [114.12366, 22.53824],
  [114.125, 22.5396],
  [114.12658, 22.54047],
  [114.12832, 22.54112],
  [114.1302, 22.5417],
  [114.1328, 22.54253],
  [114.13562, 22.54328],
  [114.1383, 22.5435],
  [114.14046, 22.54278],
  [114.14251, 22.54166],
  [114.1444, 22.5412],
  [114.14594, 22.54184],
  [114.14736, 22.54302],
  [114.1487, 22.5442],
  [114.15005, 22.54512],
  [114.15134, 22.54604],
  [114.1519, 22.5469],
  [114.15135, 22.54746],
  [114.1503, 22.54798],
  [114.1496, 22.5487],
  [114.14976, 22.55051],
  [114.15069, 22.55277],
  [114.152, 22.5548],
  [114.15394, 22.55643],
  [114.15633, 22.55779],
  [114.1584, 22.5591],
  [114.15969, 22.56026],
  [114.16082, 22.56139],
  [114.1613, 22.5619],
];

/** The old river course round the Loop's east and south, from its north tip to its west corner. */
const LOOP_LAND_SIDE: Path = [
  [114.0784, 22.53],
  [114.07842, 22.52972],
  [114.07851, 22.52911],
  [114.0787, 22.5285],
  [114.07918, 22.52784],
  [114.07984, 22.52719],
  [114.0806, 22.5266],
  [114.08161, 22.52606],
  [114.08273, 22.5256],
  [114.0837, 22.5251],
  [114.08427, 22.52469],
  [114.08476, 22.52426],
  [114.0851, 22.5238],
  [114.08527, 22.52339],
  [114.08534, 22.52295],
  [114.0853, 22.5225],
  [114.08506, 22.52187],
  [114.08463, 22.5212],
  [114.0841, 22.5205],
  [114.08309, 22.51932],
  [114.08185, 22.51807],
  [114.0806, 22.517],
  [114.07962, 22.51632],
  [114.07864, 22.51576],
  [114.0777, 22.5154],
  [114.07699, 22.51527],
  [114.0763, 22.51525],
  [114.0757, 22.5154],
  [114.07527, 22.51575],
  [114.07491, 22.51623],
  [114.0745, 22.5167],
  [114.07377, 22.51724],
  [114.07297, 22.51777],
  [114.0726, 22.518],
];

/** The Loop's bank on the new channel, from the west corner to the north tip. */
const LOOP_RIVER_SIDE: Path = RIVER.slice(30, 40);

/** The Loop's ring, not repeated at its end. */
export const LOOP_OUTLINE: Path = [...LOOP_RIVER_SIDE.slice(0, -1), ...LOOP_LAND_SIDE.slice(0, -1)];

/** An invented outline for San Tin: no source publishes the real one. Not repeated at its end. */
export const SAN_TIN_OUTLINE: Path = [
  [114.0592, 22.5094],
  [114.05999, 22.51064],
  [114.06104, 22.51179],
  [114.0622, 22.5128],
  [114.06338, 22.51366],
  [114.06466, 22.51439],
  [114.066, 22.5149],
  [114.06748, 22.51518],
  [114.06904, 22.51522],
  [114.0705, 22.515],
  [114.07169, 22.51437],
  [114.07279, 22.5135],
  [114.074, 22.5128],
  [114.07557, 22.51247],
  [114.07727, 22.51235],
  [114.079, 22.5122],
  [114.08086, 22.51197],
  [114.08274, 22.5117],
  [114.0845, 22.5112],
  [114.08611, 22.51046],
  [114.08761, 22.50952],
  [114.0887, 22.5084],
  [114.08923, 22.50722],
  [114.08945, 22.5059],
  [114.0893, 22.5046],
  [114.0885, 22.50305],
  [114.08715, 22.50153],
  [114.0856, 22.5002],
  [114.08376, 22.49904],
  [114.08168, 22.4981],
  [114.0795, 22.4974],
  [114.07706, 22.49693],
  [114.07449, 22.49673],
  [114.072, 22.4968],
  [114.06974, 22.49713],
  [114.06754, 22.49771],
  [114.0655, 22.4985],
  [114.06375, 22.49944],
  [114.06215, 22.50056],
  [114.0608, 22.5018],
  [114.05983, 22.50299],
  [114.05905, 22.50428],
  [114.0586, 22.5056],
  [114.05853, 22.50687],
  [114.05875, 22.50817],
];

/** The first line: the river along both areas. */
export const FIRST_LINE: Path = RIVER.slice(21, 43);

/** The second line: the land side of the Loop, and that of San Tin. */
export const SECOND_LINES: readonly Path[] = [
  LOOP_LAND_SIDE,
  [...SAN_TIN_OUTLINE.slice(15), ...SAN_TIN_OUTLINE.slice(0, 1)],
];

/** The inner passage between the two areas. */
export const INNER_PASSAGE: Path = [
  [114.0768, 22.5157],
  [114.0771, 22.5145],
  [114.0774, 22.5132],
  [114.0777, 22.5119],
];

/** Where the map opens. */
export const MAP_CENTRE: Position = [114.0735, 22.5132];
export const MAP_ZOOM = 13.7;

export interface TrainingCheckpoint {
  readonly id: string;
  readonly line: Line;
  /** The area it opens into; the inner passage opens from the Loop into San Tin. */
  readonly area: 'loop' | 'san-tin';
  readonly position: Position;
  readonly name: Text3;
}

/** Ten checkpoints: four at the first line, five at the second, one between the areas. */
export const CHECKPOINTS: readonly TrainingCheckpoint[] = [
  {
    id: 'loop-west-bridge',
    line: 'first',
    area: 'loop',
    position: [114.0742, 22.5202],
    name: { 'zh-HK': '河套西橋', 'zh-CN': '河套西桥', en: 'Loop West Bridge' },
  },
  {
    id: 'loop-east-bridge',
    line: 'first',
    area: 'loop',
    position: [114.0761, 22.5243],
    name: { 'zh-HK': '河套東橋', 'zh-CN': '河套东桥', en: 'Loop East Bridge' },
  },
  {
    id: 'huanggang',
    line: 'first',
    area: 'loop',
    position: [114.0782, 22.5295],
    name: { 'zh-HK': '皇崗共址', 'zh-CN': '皇岗共址', en: 'Huanggang Co-location' },
  },
  {
    id: 'spur-line',
    line: 'first',
    area: 'san-tin',
    position: [114.0653, 22.5158],
    name: { 'zh-HK': '落馬洲支線', 'zh-CN': '落马洲支线', en: 'Lok Ma Chau Spur Line' },
  },
  {
    id: 'lmc-road',
    line: 'second',
    area: 'loop',
    position: [114.0853, 22.523],
    name: { 'zh-HK': '落馬洲道', 'zh-CN': '落马洲道', en: 'Lok Ma Chau Road' },
  },
  {
    id: 'loop-south-gate',
    line: 'second',
    area: 'loop',
    position: [114.0823, 22.5186],
    name: { 'zh-HK': '河套南閘', 'zh-CN': '河套南闸', en: 'Loop South Gate' },
  },
  {
    id: 'san-tin-east',
    line: 'second',
    area: 'san-tin',
    position: [114.0891, 22.5066],
    name: { 'zh-HK': '新田東閘', 'zh-CN': '新田东闸', en: 'San Tin East Gate' },
  },
  {
    id: 'san-tin-exit',
    line: 'second',
    area: 'san-tin',
    position: [114.0795, 22.4974],
    name: { 'zh-HK': '新田出口', 'zh-CN': '新田出口', en: 'San Tin Exit' },
  },
  {
    id: 'san-tin-freight',
    line: 'second',
    area: 'san-tin',
    position: [114.0608, 22.5018],
    name: { 'zh-HK': '新田貨運', 'zh-CN': '新田货运', en: 'San Tin Freight' },
  },
  {
    id: 'inner-passage',
    line: 'inner',
    area: 'san-tin',
    position: [114.0773, 22.5138],
    name: { 'zh-HK': '內部通道', 'zh-CN': '内部通道', en: 'Inner Passage' },
  },
];

/** The two areas' names. */
export const AREA_NAMES: Readonly<Record<'loop' | 'san-tin', Text3>> = {
  loop: { 'zh-HK': '河套園區', 'zh-CN': '河套园区', en: 'Loop Park' },
  'san-tin': { 'zh-HK': '新田科技城', 'zh-CN': '新田科技城', en: 'San Tin Technopole' },
};
