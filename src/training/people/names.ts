import { Draws, PURPOSE } from '../chance.ts';
import type { Holder, Population } from './holder.ts';

/** Traditional, simplified, Cantonese and Mandarin spelling of one syllable. */
type Syllable = readonly [hant: string, hans: string, cantonese: string, pinyin: string];

function table(text: string): readonly Syllable[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [hant = '', hans = '', cantonese = '', pinyin = ''] = line.trim().split(' ');
      return [hant, hans, cantonese, pinyin];
    });
}

const SURNAMES = table(`
陳 陈 Chan Chen
李 李 Lee Li
黃 黄 Wong Huang
張 张 Cheung Zhang
梁 梁 Leung Liang
王 王 Wong Wang
吳 吴 Ng Wu
劉 刘 Lau Liu
林 林 Lam Lin
何 何 Ho He
鄭 郑 Cheng Zheng
楊 杨 Yeung Yang
馮 冯 Fung Feng
鄧 邓 Tang Deng
郭 郭 Kwok Guo
葉 叶 Yip Ye
曾 曾 Tsang Zeng
周 周 Chow Zhou
趙 赵 Chiu Zhao
蔡 蔡 Choi Cai
許 许 Hui Xu
朱 朱 Chu Zhu
羅 罗 Law Luo
馬 马 Ma Ma
胡 胡 Wu Hu
蘇 苏 So Su
余 余 Yu Yu
謝 谢 Tse Xie
盧 卢 Lo Lu
江 江 Kong Jiang
歐陽 欧阳 Au-Yeung Ouyang
孫 孙 Suen Sun
`);

const GIVEN = table(`
志 志 Chi Zhi
明 明 Ming Ming
偉 伟 Wai Wei
文 文 Man Wen
家 家 Ka Jia
嘉 嘉 Ka Jia
俊 俊 Chun Jun
慧 慧 Wai Hui
美 美 Mei Mei
玲 玲 Ling Ling
麗 丽 Lai Li
芳 芳 Fong Fang
國 国 Kwok Guo
華 华 Wah Hua
強 强 Keung Qiang
健 健 Kin Jian
榮 荣 Wing Rong
詠 咏 Wing Yong
欣 欣 Yan Xin
怡 怡 Yee Yi
敏 敏 Man Min
婷 婷 Ting Ting
浩 浩 Ho Hao
然 然 Yin Ran
子 子 Tsz Zi
樂 乐 Lok Le
德 德 Tak De
安 安 On An
雪 雪 Suet Xue
雯 雯 Man Wen
傑 杰 Kit Jie
軒 轩 Hin Xuan
穎 颖 Wing Ying
瑩 莹 Ying Ying
建 建 Kin Jian
平 平 Ping Ping
曉 晓 Hiu Xiao
東 东 Tung Dong
海 海 Hoi Hai
峰 峰 Fung Feng
`);

const ENGLISH =
  'Alice Ben Carmen Daniel Elaine Felix Grace Henry Iris Jason Karen Louis Mandy Nelson'
    .concat(' Olivia Patrick Queenie Raymond Sandy Terence Vivian William Yvonne Zoe')
    .split(' ');

/** Visitors from elsewhere, in Latin letters as their documents have them. */
const ELSEWHERE = [
  ['Amelia Hart', 'Oliver Reed', 'Sofia Rossi', 'Lukas Weber', 'Marie Dubois', 'Jonas Lindqvist'],
  ['Priya Nair', 'Arjun Mehta', 'Siti Rahman', 'Nguyễn Minh Anh', 'Kenji Sato', 'Park Ji-woo'],
  ['João Silva', 'Elena Petrova', 'Noah Cohen', 'Fatima Zahra', 'Chloé Martin', 'Tomás Núñez'],
].flat();

export interface Names {
  /** As the person's own papers have it: traditional for Hong Kong, simplified for the mainland. */
  readonly nameZh: string;
  readonly nameEn: string;
  /** An invented travel document number; no authority's format. */
  readonly document: string;
}

function fromHongKong(holder: Holder): boolean {
  return (
    holder.class === 'hk-resident' ||
    (holder.class === 'official' && holder.home === 'beyond-second')
  );
}

/** A holder's names and document. Invented; any likeness is chance. */
export function namesOf(population: Population, holder: Holder): Names {
  const draws = new Draws(population.seed, PURPOSE.name, holder.index);
  const number = String(holder.index + 1).padStart(7, '0');
  if (holder.class === 'other-visitor') {
    const name = draws.pick(ELSEWHERE);
    return { nameZh: name, nameEn: name, document: `TR-X-${number}` };
  }
  const surname = draws.pick(SURNAMES);
  const first = draws.pick(GIVEN);
  // One mainland name in six has a single syllable; Hong Kong names nearly always have two.
  const second = draws.chance(fromHongKong(holder) ? 0.02 : 0.17) ? null : draws.pick(GIVEN);
  if (fromHongKong(holder)) {
    const given = second === null ? first[2] : `${first[2]} ${second[2]}`;
    const english = draws.chance(0.35) ? `, ${draws.pick(ENGLISH)}` : '';
    return {
      nameZh: surname[0] + first[0] + (second?.[0] ?? ''),
      nameEn: `${surname[2].toUpperCase()} ${given}${english}`,
      document: `TR-H-${number}`,
    };
  }
  return {
    nameZh: surname[1] + first[1] + (second?.[1] ?? ''),
    nameEn: `${surname[3].toUpperCase()} ${first[3]}${(second?.[3] ?? '').toLowerCase()}`,
    document: `TR-M-${number}`,
  };
}
