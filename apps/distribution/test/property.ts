export * from '@concentric/testing/property';
