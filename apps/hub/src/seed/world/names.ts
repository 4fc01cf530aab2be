/** Names of the demo world. Each says that it is invented; none is a person's, an enterprise's or a product's. */

/** Put before every text. */
export const label = '【演示数据】';

const stems = [...'甲乙丙丁戊己庚辛壬癸'];
const branches = [...'子丑寅卯辰巳午未申酉戌亥'];
const stemsEn = ['Jia', 'Yi', 'Bing', 'Ding', 'Wu', 'Ji', 'Geng', 'Xin', 'Ren', 'Gui'];
const branchesEn = ['zi', 'chou', 'yin', 'mao', 'chen', 'si', 'wu', 'wei', 'shen', 'you', 'xu', 'hai'];

/** One of the sixty names of the old calendar, e.g. 甲子. */
export const cyclic = (index: number): string => stems[index % 10]! + branches[index % 12]!;
export const cyclicEn = (index: number): string => stemsEn[index % 10]! + branchesEn[index % 12]!;

export const serial = (index: number, digits = 5): string => String(index).padStart(digits, '0');

/** 演示人员甲0012: an invented person, numbered. */
export const personName = (index: number): string => `演示人员${stems[index % 10]}${serial(Math.floor(index / 10), 4)}`;

/** A name without the note that it is of the demo world, which the whole name then bears once. */
export const plain = (name: string): string => name.replace(/（演示）$/u, '');
