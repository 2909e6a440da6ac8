import type { PartnerInput } from '@concentric/contracts';
import { Random } from './random.rules';
import { SAMPLE_FIRST_DATE, SAMPLE_YEAR } from './sample-brand';

export const DISTRIBUTORS = 30;
export const STORES = 1_000;
export const GUIDES = 3_000;
export const LEADERS = 200;

const CITIES: readonly (readonly [string, string])[] = [
  ['杭州', 'Hangzhou'],
  ['上海', 'Shanghai'],
  ['南京', 'Nanjing'],
  ['苏州', 'Suzhou'],
  ['宁波', 'Ningbo'],
  ['合肥', 'Hefei'],
  ['北京', 'Beijing'],
  ['天津', 'Tianjin'],
  ['济南', 'Jinan'],
  ['青岛', 'Qingdao'],
  ['石家庄', 'Shijiazhuang'],
  ['太原', 'Taiyuan'],
  ['广州', 'Guangzhou'],
  ['深圳', 'Shenzhen'],
  ['佛山', 'Foshan'],
  ['厦门', 'Xiamen'],
  ['福州', 'Fuzhou'],
  ['南宁', 'Nanning'],
  ['成都', 'Chengdu'],
  ['重庆', 'Chongqing'],
  ['昆明', 'Kunming'],
  ['贵阳', 'Guiyang'],
  ['武汉', 'Wuhan'],
  ['长沙', 'Changsha'],
  ['南昌', 'Nanchang'],
  ['郑州', 'Zhengzhou'],
  ['西安', "Xi'an"],
  ['兰州', 'Lanzhou'],
  ['沈阳', 'Shenyang'],
  ['大连', 'Dalian'],
];
const ROADS: readonly (readonly [string, string])[] = [
  ['文三路', 'Wensan Road'],
  ['人民路', 'Renmin Road'],
  ['中山路', 'Zhongshan Road'],
  ['解放路', 'Jiefang Road'],
  ['建设路', 'Jianshe Road'],
  ['和平路', 'Heping Road'],
  ['新华路', 'Xinhua Road'],
  ['长江路', 'Changjiang Road'],
  ['黄河路', 'Huanghe Road'],
  ['青年路', 'Qingnian Road'],
  ['友谊路', 'Youyi Road'],
  ['胜利路', 'Shengli Road'],
  ['光明路', 'Guangming Road'],
  ['东风路', 'Dongfeng Road'],
  ['北京路', 'Beijing Road'],
  ['南京路', 'Nanjing Road'],
  ['延安路', "Yan'an Road"],
  ['学院路', 'Xueyuan Road'],
  ['体育路', 'Tiyu Road'],
  ['公园路', 'Gongyuan Road'],
  ['迎宾路', 'Yingbin Road'],
  ['滨江路', 'Binjiang Road'],
  ['湖滨路', 'Hubin Road'],
  ['花园路', 'Huayuan Road'],
  ['科技路', 'Keji Road'],
  ['金融街', 'Finance Street'],
  ['步行街', 'Pedestrian Street'],
  ['万象广场', 'Wanxiang Plaza'],
  ['时代广场', 'Times Plaza'],
  ['银泰中心', 'Yintai Centre'],
  ['城西银座', 'Chengxi Mall'],
  ['龙湖天街', 'Longhu Paradise Walk'],
  ['妇幼医院', 'Maternity Hospital'],
  ['大学城', 'University Town'],
];
const TRADERS: readonly (readonly [string, string])[] = [
  ['禾悦', 'Heyue'],
  ['启明', 'Qiming'],
  ['瑞丰', 'Ruifeng'],
  ['安禾', 'Anhe'],
  ['佳贝', 'Jiabei'],
  ['恒达', 'Hengda'],
];
const FAMILY: readonly (readonly [string, string])[] = [
  ['王', 'Wang'],
  ['李', 'Li'],
  ['张', 'Zhang'],
  ['刘', 'Liu'],
  ['陈', 'Chen'],
  ['杨', 'Yang'],
  ['黄', 'Huang'],
  ['赵', 'Zhao'],
  ['吴', 'Wu'],
  ['周', 'Zhou'],
  ['徐', 'Xu'],
  ['孙', 'Sun'],
  ['马', 'Ma'],
  ['朱', 'Zhu'],
  ['胡', 'Hu'],
  ['郭', 'Guo'],
  ['何', 'He'],
  ['林', 'Lin'],
  ['罗', 'Luo'],
  ['高', 'Gao'],
];
const GIVEN: readonly (readonly [string, string])[] = [
  ['芳', 'Fang'],
  ['娟', 'Juan'],
  ['敏', 'Min'],
  ['静', 'Jing'],
  ['丽', 'Li'],
  ['艳', 'Yan'],
  ['雪', 'Xue'],
  ['燕', 'Yan'],
  ['玲', 'Ling'],
  ['霞', 'Xia'],
  ['晓梅', 'Xiaomei'],
  ['雅婷', 'Yating'],
  ['思琪', 'Siqi'],
  ['梦瑶', 'Mengyao'],
  ['佳怡', 'Jiayi'],
  ['欣怡', 'Xinyi'],
  ['子涵', 'Zihan'],
  ['雨桐', 'Yutong'],
  ['美玲', 'Meiling'],
  ['建国', 'Jianguo'],
  ['伟', 'Wei'],
  ['强', 'Qiang'],
  ['磊', 'Lei'],
  ['洋', 'Yang'],
  ['浩然', 'Haoran'],
];

const code = (prefix: string, place: number, digits: number) => `${prefix}${String(place + 1).padStart(digits, '0')}`;
export const distributorCode = (place: number) => code('D', place, 2);
export const storeCode = (place: number) => code('S', place, 4);
export const guideCode = (place: number) => code('G', place, 4);
export const leaderCode = (place: number) => code('L', place, 3);

/** A move in the middle of the year: from that moment on the partner stands elsewhere. */
interface Move {
  readonly date: string;
  readonly place: number;
  readonly to: number;
}

/** The network of the sample and who moves within it; everything follows from the seed. */
export class SampleNetwork {
  /** City and distributor of each store. */
  readonly cityOf: readonly number[] = Array.from({ length: STORES }, (_, store) => store % DISTRIBUTORS);
  private readonly storeMoves: readonly Move[];
  private readonly guideMoves: readonly Move[];
  private readonly guidesByStore = new Map<number, number[]>();

  constructor(private readonly seed: number) {
    const random = new Random(seed);
    // Two distributors hand a part of their stores to a neighbour on 1 July; single stores change later.
    const handed = Array.from({ length: STORES }, (_, store) => store).filter(
      (store) => store % DISTRIBUTORS === 5 || (store % DISTRIBUTORS === 17 && store % 4 === 1),
    );
    this.storeMoves = [
      ...handed.map((place) => ({ date: `${SAMPLE_YEAR}-07-01`, place, to: place % DISTRIBUTORS === 5 ? 0 : 12 })),
      ...Array.from({ length: 12 }, (_, turn) => ({
        date: `${SAMPLE_YEAR}-${turn < 6 ? '05-16' : '10-01'}`,
        place: 6 + turn * 30,
        to: random.below(DISTRIBUTORS),
      })),
    ];
    const movers = new Set(Array.from({ length: 120 }, () => random.below(GUIDES)));
    this.guideMoves = [...movers].map((place, turn) => ({
      date: `${SAMPLE_YEAR}-${turn % 2 === 0 ? '06-01' : '08-15'}`,
      place,
      to: this.sameCity(place % STORES, random),
    }));
  }

  /** Whom the network names on a date: everybody on the first day, the movers on theirs. */
  partnersOn(date: string): PartnerInput[] {
    if (date === SAMPLE_FIRST_DATE) return this.everybody();
    const validFrom = `${date} 00:00:00`;
    const stores = this.storeMoves
      .filter((move) => move.date === date)
      .map(({ place, to }) => ({ ...this.store(place), parentCode: distributorCode(to), validFrom }));
    const guides = this.guideMoves
      .filter((move) => move.date === date)
      .map(({ place, to }) => ({ ...this.guide(place), parentCode: storeCode(to), validFrom }));
    return [...stores, ...guides];
  }

  /** Guides who work in a store on a date. */
  guidesOf(store: number, date: string): readonly number[] {
    const moved = this.guideMoves.filter((move) => move.date <= date);
    if (moved.length !== this.applied) this.rebuild(moved);
    return this.guidesByStore.get(store) ?? [];
  }

  private applied = -1;

  private rebuild(moved: readonly Move[]): void {
    this.applied = moved.length;
    this.guidesByStore.clear();
    const now = new Map(moved.map(({ place, to }) => [place, to]));
    for (let guide = 0; guide < GUIDES; guide += 1) {
      const store = now.get(guide) ?? guide % STORES;
      const list = this.guidesByStore.get(store);
      if (list) list.push(guide);
      else this.guidesByStore.set(store, [guide]);
    }
  }

  private everybody(): PartnerInput[] {
    const validFrom = `${SAMPLE_FIRST_DATE} 00:00:00`;
    return [
      ...CITIES.map(([zh, en], place): PartnerInput => {
        const [name, latin] = TRADERS[place % TRADERS.length]!;
        return { code: distributorCode(place), type: 'distributor', name: `${zh}${name}商贸 ${en} ${latin} Trading`, validFrom };
      }),
      ...this.cityOf.map((city, place) => ({ ...this.store(place), parentCode: distributorCode(city), validFrom })),
      ...Array.from({ length: GUIDES }, (_, place) => ({ ...this.guide(place), parentCode: storeCode(place % STORES), validFrom })),
      ...Array.from({ length: LEADERS }, (_, place): PartnerInput => {
        const person = this.person(GUIDES + place);
        return { code: leaderCode(place), type: 'group_leader', name: person, parentCode: storeCode((place * 5) % STORES), validFrom };
      }),
    ];
  }

  private store(place: number): PartnerInput {
    const [city, cityLatin] = CITIES[place % DISTRIBUTORS]!;
    const [road, roadLatin] = ROADS[Math.floor(place / DISTRIBUTORS) % ROADS.length]!;
    return { code: storeCode(place), type: 'store', name: `同禾${city}${road}店 ${cityLatin} ${roadLatin}` };
  }

  private guide(place: number): PartnerInput {
    return { code: guideCode(place), type: 'guide', name: this.person(place) };
  }

  private person(place: number): string {
    const random = new Random(this.seed * 31 + place);
    const [[family, latin], [given, givenLatin]] = [random.pick(FAMILY), random.pick(GIVEN)];
    return `${family}${given} ${latin} ${givenLatin}`;
  }

  private sameCity(store: number, random: Random): number {
    const other = (store + DISTRIBUTORS * random.between(1, 20)) % (STORES - (STORES % DISTRIBUTORS));
    return other % DISTRIBUTORS === store % DISTRIBUTORS ? other : store;
  }
}
