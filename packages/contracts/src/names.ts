/** Unique names from which name-based ids are derived (see `namedId` of the service kit). */
export const brandName = (brandCode: string) => `brand/${brandCode}`;
export const partnerName = (brandId: string, partnerCode: string) => `partner/${brandId}/${partnerCode}`;
