import tseslint from 'typescript-eslint';

const BUSINESS = ['commerce', 'content-planning', 'membership', 'distribution', 'organization', 'indicators'];
const businessSources = BUSINESS.map((service) => `apps/${service}/src/**/*.ts`);
const specs = ['**/*.spec.ts', '**/*-spec.ts', '**/*.spec.tsx', '**/test/**/*.{ts,tsx,mjs,cjs}', 'packages/testing/**/*.ts'];

const manyDependencies = {
  selector: 'MethodDefinition[kind="constructor"] > FunctionExpression[params.length>6]',
  message: 'At most six dependencies: this class does more than one thing.',
};
const wallClock = {
  selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
  message: 'Inject the clock: a replay runs on simulated time.',
};
const clockProperty = {
  object: 'Date',
  property: 'now',
  message: 'Inject the clock: a replay runs on simulated time.',
};
const environment = { object: 'process', property: 'env', message: 'Configuration is read once, in a config file.' };
const rounding = [
  { property: 'toFixed', message: 'Only the money package rounds, and never through floating point.' },
  { object: 'Math', property: 'round', message: 'Money is split and rounded by the money package alone.' },
  {
    object: 'Number',
    property: 'parseFloat',
    message: 'Money is integer minor units: parse it with the money package.',
  },
];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/coverage/**', '**/.turbo/**', 'data/**', 'run/**'] },
  tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // A class whose constructor nobody here calls is a Function to Nest and to TypeORM.
      '@typescript-eslint/no-unsafe-function-type': 'off',
      '@typescript-eslint/no-require-imports': ['error', { allowAsImport: true }],
      'array-callback-return': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-async-promise-executor': 'error',
      'no-constant-condition': 'error',
      'no-debugger': 'error',
      'no-empty': 'error',
      'no-fallthrough': 'error',
      'no-self-compare': 'error',
      'no-unsafe-finally': 'error',
      'no-unused-labels': 'error',
      'max-lines': ['error', 300],
      'no-restricted-properties': ['error', environment],
      'no-restricted-syntax': ['error', manyDependencies],
    },
  },
  {
    files: ['apps/*/{src,migrations,test}/**/*.ts', 'packages/*/{src,test}/**/*.ts', 'test/**/*.ts'],
    ignores: ['apps/console/**'],
    languageOptions: { parserOptions: { project: ['./tsconfig.json'], tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
    },
  },
  { files: ['**/*.controller.ts'], rules: { 'max-lines': ['error', 120] } },
  { files: ['apps/console/src/**/*.tsx'], rules: { 'max-lines': ['error', 200] } },
  {
    files: businessSources,
    rules: {
      'no-console': 'error',
      'no-restricted-properties': ['error', environment, clockProperty],
      'no-restricted-syntax': ['error', manyDependencies, wallClock],
    },
  },
  { files: ['packages/{contracts,money,service-kit}/src/**/*.ts'], rules: { 'no-console': 'error' } },
  {
    files: ['apps/{commerce,distribution}/src/**/*.ts'],
    rules: { 'no-restricted-properties': ['error', environment, clockProperty, ...rounding] },
  },
  { files: ['packages/money/src/**/*.ts'], rules: { 'no-restricted-properties': ['error', environment, ...rounding] } },
  {
    files: ['apps/{commerce,distribution}/src/**/*.ts', 'packages/money/src/**/*.ts'],
    rules: { 'no-restricted-globals': ['error', 'parseFloat'] },
  },
  {
    // Where the environment is read: typed configuration, process entry points, and what starts machines or tests.
    files: ['**/*config*.ts', '**/config/**/*.ts', '**/main.ts', '**/*.{mjs,cjs}', 'apps/{all-in-one,replay}/src/**/*.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  { files: specs, rules: { 'max-lines': 'off', 'no-restricted-properties': 'off', 'no-restricted-syntax': 'off' } },
  {
    files: ['**/*.{mjs,cjs}', 'infra/**/*.js'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
