// Finds every place where a source file can be broken in one of the ways that cost money: a sign turned round, a limit
// off by one, a guard dropped, a floor that rounds, the smaller of two that is the greater, a filter that lets all through.
import ts from 'typescript';

const K = ts.SyntaxKind;
/** What an operator becomes. */
const OPERATORS = new Map([
  [K.PlusToken, '-'],
  [K.MinusToken, '+'],
  [K.PlusEqualsToken, '-='],
  [K.MinusEqualsToken, '+='],
  [K.AsteriskToken, '/'],
  [K.LessThanToken, '<='],
  [K.LessThanEqualsToken, '<'],
  [K.GreaterThanToken, '>='],
  [K.GreaterThanEqualsToken, '>'],
  [K.EqualsEqualsEqualsToken, '!=='],
  [K.ExclamationEqualsEqualsToken, '==='],
  [K.AmpersandAmpersandToken, '||'],
  [K.BarBarToken, '&&'],
]);
const FUNCTIONS = new Map([
  ['Math.floor', 'Math.round'],
  ['Math.min', 'Math.max'],
  ['Math.max', 'Math.min'],
  ['Math.abs', ''],
]);

/** @returns {{ start: number, end: number, line: number, from: string, to: string }[]} */
export function mutantsOf(text, fileName) {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const add = (start, end, to) => {
    const line = source.getLineAndCharacterOfPosition(start).line + 1;
    found.push({ start, end, line, from: text.slice(start, end), to });
  };
  const visit = (node) => {
    // What an error says is not money.
    if (ts.isThrowStatement(node) || ts.isTypeNode(node) || ts.isTemplateExpression(node) || ts.isImportDeclaration(node)) return;
    if (ts.isBinaryExpression(node)) {
      const to = OPERATORS.get(node.operatorToken.kind);
      if (to) add(node.operatorToken.getStart(), node.operatorToken.getEnd(), to);
      // In exact integers: half of the denominator more before it is divided.
      else if (node.operatorToken.kind === K.SlashToken) {
        const [above, below] = [node.left.getText(), node.right.getText()];
        add(
          node.getStart(),
          node.getEnd(),
          `(typeof (${below}) === 'bigint' ? (2n * (${above}) + (${below})) / (2n * (${below})) : Math.round((${above}) / (${below})))`,
        );
      }
    }
    if (ts.isPrefixUnaryExpression(node) && node.operator === K.MinusToken && !ts.isNumericLiteral(node.operand))
      add(node.getStart(), node.getEnd(), node.operand.getText());
    if (ts.isCallExpression(node)) {
      const callee = node.expression.getText();
      if (FUNCTIONS.has(callee)) add(node.expression.getStart(), node.expression.getEnd(), FUNCTIONS.get(callee));
      if (ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'filter')
        add(node.getStart(), node.getEnd(), node.expression.expression.getText());
    }
    if (ts.isIfStatement(node) && !node.elseStatement && leaves(node.thenStatement))
      add(node.expression.getStart(), node.expression.getEnd(), 'false');
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Is this the body of a guard? */
function leaves(statement) {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  return last !== undefined && (ts.isThrowStatement(last) || ts.isReturnStatement(last) || ts.isContinueStatement(last));
}
