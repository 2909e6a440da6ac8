import type { BrandRow } from '@concentric/contracts';
import { useQuery } from '@tanstack/react-query';
import { getJson } from './http';
import { readSession } from './session';

const KEY = 'concentric.brand';
let brands: Promise<BrandRow[]> | null = null;

/** The brands that the person signed in may work for, asked for once per sign-in. */
export function allowedBrands(): Promise<BrandRow[]> {
  brands ??= loadBrands().catch((error: unknown) => {
    brands = null;
    throw error;
  });
  return brands;
}

export function forgetBrands(): void {
  brands = null;
}

async function loadBrands(): Promise<BrandRow[]> {
  const { data } = await getJson<{ data: BrandRow[] }>('/api/commerce/brands');
  const mine = readSession()?.operator.brands ?? [];
  return mine === 'all' ? data : data.filter((brand) => mine.includes(brand.brandId));
}

/** The brand in use: the one chosen last, otherwise the first. */
export async function currentBrand(): Promise<BrandRow | null> {
  const all = await allowedBrands();
  return all.find((brand) => brand.brandId === localStorage.getItem(KEY)) ?? all[0] ?? null;
}

/** Everything on screen belongs to one brand, so a change starts over at home. */
export function chooseBrand(brandId: string): void {
  localStorage.setItem(KEY, brandId);
  window.location.hash = '#/';
  window.location.reload();
}

/** Undefined while loading, null when there is no brand yet. */
export function useBrand(): BrandRow | null | undefined {
  return useQuery({ queryKey: ['brand'], queryFn: currentBrand, staleTime: Infinity }).data;
}

export function useBrands(): BrandRow[] {
  return useQuery({ queryKey: ['brands'], queryFn: allowedBrands, staleTime: Infinity }).data ?? [];
}
