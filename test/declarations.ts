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
  const aliases = functionAliases(program.body);
  return program.body.flatMap((statement) =>
    statement.type === 'ExportNamedDeclaration'
      ? [
          ...declared(statement.declaration, true, aliases),
          ...statement.specifiers.map(({ exported }) => ({
            name: 'name' in exported ? exported.name : exported.value,
            kind: 'value' as const,
            exported: true,
            functions: 0,
          })),
        ]
      : declared(statement, false, aliases),
  );
}

type Node = ESTree.Statement | ESTree.Declaration | ESTree.Directive | null;

/** Names that stand for a function in this file. */
type Aliases = ReadonlySet<string>;

function functionAliases(statements: readonly (ESTree.Statement | ESTree.Directive)[]): Aliases {
  const names = statements.flatMap((statement) => {
    const node = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    const isAlias =
      node?.type === 'TSTypeAliasDeclaration' && isFunctionType(node.typeAnnotation, new Set());
    return isAlias ? [node.id.name] : [];
  });
  return new Set(names);
}

function declared(node: Node, exported: boolean, aliases: Aliases): Declaration[] {
  const one = (name: string | undefined, kind: Declaration['kind'], functions = 0) =>
    name === undefined ? [] : [{ name, kind, exported, functions }];
  switch (node?.type) {
    case 'FunctionDeclaration':
      return one(node.id?.name, 'function');
    case 'ClassDeclaration':
      return one(node.id?.name, 'class');
    case 'TSInterfaceDeclaration':
      return one(
        node.id.name,
        'type',
        node.body.body.filter((member) => isFunction(member, aliases)).length,
      );
    case 'TSTypeAliasDeclaration':
      return one(node.id.name, 'type', functionsOf(node.typeAnnotation, aliases));
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
function functionsOf(type: ESTree.TSType, aliases: Aliases): number {
  if (type.type === 'TSTypeLiteral')
    return type.members.filter((member) => isFunction(member, aliases)).length;
  if (type.type !== 'TSIntersectionType') return 0;
  return type.types.reduce((sum, part) => sum + functionsOf(part, aliases), 0);
}

function isFunction(member: ESTree.TSSignature, aliases: Aliases): boolean {
  if (member.type === 'TSMethodSignature') return true;
  if (member.type !== 'TSPropertySignature') return false;
  return isFunctionType(member.typeAnnotation?.typeAnnotation, aliases);
}

/** A function, also by a name of its own, or one that may be missing. */
function isFunctionType(type: ESTree.TSType | undefined, aliases: Aliases): boolean {
  switch (type?.type) {
    case 'TSFunctionType':
      return true;
    case 'TSParenthesizedType':
      return isFunctionType(type.typeAnnotation, aliases);
    case 'TSUnionType':
      return type.types.some((one) => isFunctionType(one, aliases));
    case 'TSTypeReference':
      return type.typeName.type === 'Identifier' && aliases.has(type.typeName.name);
    default:
      return false;
  }
}
