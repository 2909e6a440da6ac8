import type { ExpenseInput, ProductInput } from '@concentric/contracts';
import { Random } from './random.rules';
import { SAMPLE_FIRST_DATE, SAMPLE_YEAR } from './sample-brand';

export interface SampleProduct {
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  /** Price of a piece in fen. */
  readonly priceMinor: number;
}

/** Category, Chinese name, English name, price in yuan. */
const RANGE: readonly (readonly [string, string, string, number])[] = [
  ['baby-care', '婴儿润肤乳 200ml', 'Baby lotion 200 ml', 69],
  ['baby-care', '婴儿面霜 50g', 'Baby face cream 50 g', 79],
  ['baby-care', '婴儿洗发沐浴露 400ml', 'Baby wash and shampoo 400 ml', 89],
  ['baby-care', '护臀膏 60g', 'Diaper cream 60 g', 59],
  ['baby-care', '婴儿抚触油 120ml', 'Baby massage oil 120 ml', 65],
  ['baby-care', '儿童防晒霜 SPF30', 'Children sunscreen SPF 30', 119],
  ['baby-care', '婴儿洗衣液 2L', 'Baby laundry liquid 2 l', 75],
  ['baby-care', '奶瓶清洗剂 500ml', 'Bottle cleanser 500 ml', 45],
  ['diapers', '纸尿裤 NB 72片', 'Diapers NB 72 pcs', 109],
  ['diapers', '纸尿裤 M 60片', 'Diapers M 60 pcs', 119],
  ['diapers', '纸尿裤 L 54片', 'Diapers L 54 pcs', 125],
  ['diapers', '拉拉裤 XL 46片', 'Training pants XL 46 pcs', 129],
  ['diapers', '婴儿湿巾 80抽×6', 'Baby wipes 80 × 6', 55],
  ['diapers', '云柔棉柔巾 100抽×6', 'Cotton tissues 100 × 6', 59],
  ['nutrition', '婴幼儿配方奶粉 1段 800g', 'Infant formula stage 1 800 g', 328],
  ['nutrition', '婴幼儿配方奶粉 2段 800g', 'Infant formula stage 2 800 g', 318],
  ['nutrition', '婴幼儿配方奶粉 3段 800g', 'Infant formula stage 3 800 g', 298],
  ['nutrition', '益生菌粉 30袋', 'Probiotics 30 sachets', 198],
  ['nutrition', '藻油DHA 60粒', 'Algal DHA 60 capsules', 168],
  ['nutrition', '高铁米粉 225g', 'Iron rice cereal 225 g', 58],
  ['nutrition', '果蔬泥 12袋', 'Fruit purée 12 pouches', 96],
  ['mother-care', '孕妇叶酸 90片', 'Folic acid 90 tablets', 128],
  ['mother-care', '孕妇护肤套装', 'Maternity skin care set', 359],
  ['mother-care', '妊娠纹护理霜 150g', 'Stretch-mark cream 150 g', 189],
  ['mother-care', '产后护理巾 20片', 'Postpartum pads 20 pcs', 39],
  ['mother-care', '哺乳文胸', 'Nursing bra', 129],
  ['mother-care', '电动吸奶器', 'Electric breast pump', 599],
  ['feeding', '宽口玻璃奶瓶 240ml', 'Wide-neck glass bottle 240 ml', 99],
  ['feeding', 'PPSU奶瓶 300ml', 'PPSU bottle 300 ml', 119],
  ['feeding', '恒温调奶器', 'Formula water kettle', 269],
  ['feeding', '儿童保温杯 400ml', 'Children thermos 400 ml', 139],
  ['feeding', '硅胶餐盘套装', 'Silicone dinner set', 108],
  ['personal-care', '氨基酸洗面奶 120g', 'Amino-acid cleanser 120 g', 89],
  ['personal-care', '玻尿酸面膜 10片', 'Hyaluronic masks 10 pcs', 99],
  ['personal-care', '山茶花洗发水 500ml', 'Camellia shampoo 500 ml', 79],
  ['personal-care', '身体乳 300ml', 'Body milk 300 ml', 85],
  ['personal-care', '护手霜 50g×3', 'Hand cream 50 g × 3', 69],
  ['personal-care', '儿童牙膏 60g×2', 'Children toothpaste 60 g × 2', 49],
  ['personal-care', '电动儿童牙刷', 'Children electric toothbrush', 159],
  ['personal-care', '驱蚊花露水 195ml', 'Mosquito floral water 195 ml', 36],
];

export const sampleProducts: readonly SampleProduct[] = RANGE.map(([category, zh, en, yuan], index) => ({
  sku: `TH${String(index + 1).padStart(4, '0')}`,
  name: `同禾${zh} ${en}`,
  category,
  priceMinor: yuan * 100 - 10,
}));

/** Products with their cost from the first day on, and the dearer one that suppliers asked for from April or September on. */
export function productsOn(date: string): ProductInput[] {
  const cost = (product: SampleProduct, perMille: number): ProductInput => ({
    sku: product.sku,
    name: product.name,
    category: product.category,
    unitCostMinor: Math.floor((product.priceMinor * perMille) / 1000),
    costFrom: date,
  });
  if (date === SAMPLE_FIRST_DATE) return sampleProducts.map((product, index) => cost(product, 340 + (index % 7) * 20));
  if (date === `${SAMPLE_YEAR}-04-01`)
    return sampleProducts.filter(({ category }) => category === 'nutrition').map((product) => cost(product, 470));
  if (date === `${SAMPLE_YEAR}-09-01`)
    return sampleProducts.filter(({ category }) => category === 'diapers').map((product) => cost(product, 480));
  return [];
}

type Plan = readonly [ExpenseInput['class'], ExpenseInput['purpose'], number, string?, string?];

/** What a normal month costs, in yuan: class, purpose, amount, channel, touchpoint. */
const BUDGET: readonly Plan[] = [
  ['paid_media', 'acquisition', 36_000, 'tmall', 'search-ads'],
  ['paid_media', 'acquisition', 28_000, 'douyin', 'creator-live'],
  ['platform_promotion', 'conversion', 17_000, 'tmall', 'search-ads'],
  ['platform_promotion', 'conversion', 14_000, 'douyin', 'creator-live'],
  ['agency_fee', 'general', 12_000, 'douyin'],
  ['private_domain_payroll', 'service', 42_000],
  ['private_domain_payroll', 'nurture', 26_000, 'mini-program', 'one-to-one'],
  ['tools', 'service', 6_500, 'mini-program'],
  ['content', 'nurture', 11_000, 'mini-program', 'official-account'],
  ['content', 'conversion', 9_000, 'group-buy', 'welfare-group'],
  ['gifts_and_points', 'loyalty', 15_000, 'mini-program', 'moments'],
  ['fixed', 'general', 58_000],
];

/** Expenses are booked on the 8th and the 22nd; campaigns of June and November cost more. */
export function expensesOn(date: string): ExpenseInput[] {
  const [, month, day] = date.split('-').map(Number);
  if (day !== 8 && day !== 22) return [];
  const random = new Random(month! * 100 + day);
  const busy = month === 6 || month === 11 ? 1_600 : 1_000;
  return BUDGET.map(([kind, purpose, yuan, channel, touchpoint], index) => {
    const share = kind === 'fixed' || kind === 'private_domain_payroll' ? 1_000 : Math.floor((busy * random.between(850, 1_150)) / 1000);
    return {
      externalId: `EXP-${date}-${String(index + 1).padStart(2, '0')}`,
      occurredAt: `${date} 10:00:00`,
      class: kind,
      purpose,
      amountMinor: Math.floor((yuan * 100 * share) / 2000),
      ...(channel ? { channel } : {}),
      ...(touchpoint ? { touchpoint } : {}),
    };
  });
}
