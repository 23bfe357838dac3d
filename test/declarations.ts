/** What a TypeScript module declares at its top level, read by the bundler's own parser. */
import { type ESTree, parseSync } from 'vite';

export interface Declaration {
  readonly name: string;
  readonly kind: 'type' | 'class' | 'function' | 'value';
  readonly exported: boolean;
  /** Of an interface or an object type: how many of its members are functions. */
  readonly functions: number;
}

/** @param file its name, for messages and for the dialect by its ending */
export function declarationsOf(file: string, source: string): Declaration[] {
  const { program, errors } = parseSync(file, source);
  if (errors[0]) throw new Error(`${file}: ${errors[0].message}`);
  return program.body.flatMap((statement) =>
    statement.type === 'ExportNamedDeclaration'
      ? [
          ...declared(statement.declaration, true),
          ...statement.specifiers.map(({ exported }) => ({
            name: 'name' in exported ? exported.name : exported.value,
            kind: 'value' as const,
            exported: true,
            functions: 0,
          })),
        ]
      : declared(statement, false),
  );
}

type Node = ESTree.Statement | ESTree.Declaration | ESTree.Directive | null;

function declared(node: Node, exported: boolean): Declaration[] {
  const one = (name: string | undefined, kind: Declaration['kind'], functions = 0) =>
    name === undefined ? [] : [{ name, kind, exported, functions }];
  switch (node?.type) {
    case 'FunctionDeclaration':
      return one(node.id?.name, 'function');
    case 'ClassDeclaration':
      return one(node.id?.name, 'class');
    case 'TSInterfaceDeclaration':
      return one(node.id.name, 'type', node.body.body.filter(isFunction).length);
    case 'TSTypeAliasDeclaration':
      return one(node.id.name, 'type', functionsOf(node.typeAnnotation));
    case 'VariableDeclaration':
      return node.declarations.flatMap(({ id, init }) =>
        one(
          id.type === 'Identifier' ? id.name : undefined,
          init?.type === 'ArrowFunctionExpression' ? 'function' : 'value',
        ),
      );
    default:
      return [];
  }
}

/** Of an object type, or of several joined. */
function functionsOf(type: ESTree.TSType): number {
  if (type.type === 'TSTypeLiteral') return type.members.filter(isFunction).length;
  if (type.type !== 'TSIntersectionType') return 0;
  return type.types.reduce((sum, part) => sum + functionsOf(part), 0);
}

function isFunction(member: ESTree.TSSignature): boolean {
  if (member.type === 'TSMethodSignature') return true;
  if (member.type !== 'TSPropertySignature') return false;
  return isFunctionType(member.typeAnnotation?.typeAnnotation);
}

/** A function, or one that may be missing. */
function isFunctionType(type: ESTree.TSType | undefined): boolean {
  switch (type?.type) {
    case 'TSFunctionType':
      return true;
    case 'TSParenthesizedType':
      return isFunctionType(type.typeAnnotation);
    case 'TSUnionType':
      return type.types.some(isFunctionType);
    default:
      return false;
  }
}
