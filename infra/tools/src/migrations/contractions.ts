import { parse, type AlterTableCmd, type Constraint, type DropStmt, type Node } from 'libpg-query';

/** What a file has made by the time a statement runs: nobody else can rely on that yet. */
interface Made {
  readonly relations: Set<string>;
  /** Of tables that were there before; a rule about one is kept by all rows that the previous version writes. */
  readonly columns: Set<string>;
  /** Functions, views, triggers and policies, wherever in the file: dropped and made anew they are replaced. */
  readonly replaceable: ReadonlySet<string>;
}

/**
 * What of a migration the previous version of the code, which runs on while the new one is rolled out, may stumble over: it reads
 * what is gone, or writes what is refused now. One line for each such statement, in words; none means that the migration only expands.
 * What statements of functions do, and what they mean, is not seen.
 * @param sql as Postgres runs it. @throws Error when it does not parse.
 */
export async function contractionsIn(sql: string): Promise<readonly string[]> {
  const { stmts = [] } = await parse(sql);
  const statements = stmts.flatMap(({ stmt }) => (stmt ? [stmt] : []));
  const made: Made = {
    relations: new Set(),
    columns: new Set(),
    replaceable: new Set(statements.flatMap((statement) => replaceableNames(statement))),
  };
  return statements.flatMap((statement) => contractionsOf(statement, made));
}

/** `-- contraction: nobody reads it since 0.2.0`: the release that is named, or null where a file is not marked. */
export function releaseOfContraction(sql: string): string | null {
  return /^-- contraction: .*\bsince (\d+\.\d+\.\d+)\b/m.exec(sql)?.[1] ?? null;
}

function contractionsOf(statement: Node, made: Made): readonly string[] {
  if ('CreateStmt' in statement) return note(made.relations, statement.CreateStmt.relation?.relname);
  if ('AlterTableStmt' in statement) {
    const { relation, cmds = [] } = statement.AlterTableStmt;
    const table = relation?.relname ?? '';
    if (made.relations.has(table)) return [];
    return cmds.flatMap((each) => ('AlterTableCmd' in each ? alteration(table, each.AlterTableCmd, made) : []));
  }
  if ('DropStmt' in statement) return dropping(statement.DropStmt, made);
  if ('RenameStmt' in statement) {
    const { relation, subname, newname } = statement.RenameStmt;
    return made.relations.has(relation?.relname ?? '') ? [] : [`renames ${subname ?? relation?.relname} to ${newname}`];
  }
  if ('IndexStmt' in statement) {
    const { unique, relation } = statement.IndexStmt;
    const table = relation?.relname ?? '';
    return unique && !made.relations.has(table) ? [`makes something of ${table} unique`] : [];
  }
  if ('GrantStmt' in statement && !statement.GrantStmt.is_grant) {
    const names = (statement.GrantStmt.objects ?? []).map(nameOf);
    return names
      .filter((name) => !made.relations.has(name) && !made.replaceable.has(name))
      .map((name) => `revokes rights on ${name}`);
  }
  if ('DoStmt' in statement)
    return /\b(alter|drop|revoke|execute)\b/i.test(JSON.stringify(statement))
      ? ['hides what it does in a DO block']
      : [];
  const always = ALWAYS.find((kind) => kind in statement);
  return always === undefined ? [] : [`has a statement of the kind ${always}`];
}

/** Whatever they say. */
const ALWAYS = [
  'AlterObjectSchemaStmt',
  'AlterEnumStmt',
  'AlterDomainStmt',
  'DropOwnedStmt',
  'DropRoleStmt',
  'TruncateStmt',
];

function alteration(table: string, { subtype, name, def }: AlterTableCmd, made: Made): readonly string[] {
  const constraint = def && 'Constraint' in def ? def.Constraint : undefined;
  switch (subtype) {
    case 'AT_AddColumn': {
      const column = def && 'ColumnDef' in def ? def.ColumnDef : {};
      const kinds = new Set(
        (column.constraints ?? []).map((each) => ('Constraint' in each ? each.Constraint.contype : undefined)),
      );
      note(made.columns, `${table}.${column.colname}`);
      const isRequired = kinds.has('CONSTR_NOTNULL') || kinds.has('CONSTR_PRIMARY');
      const isFilled = kinds.has('CONSTR_DEFAULT') || kinds.has('CONSTR_IDENTITY') || kinds.has('CONSTR_GENERATED');
      return isRequired && !isFilled ? [`adds ${table}.${column.colname}, not null without a default`] : [];
    }
    case 'AT_AddConstraint':
      return constrains(table, constraint, made)
        ? [`adds the constraint ${constraint?.conname ?? ''} to ${table}`]
        : [];
    case 'AT_ColumnDefault':
      return def ? [] : [`takes the default of ${table}.${name} away`];
    case 'AT_DropColumn':
      return [`drops ${table}.${name}`];
    case 'AT_DropConstraint':
      return [`drops the constraint ${name} of ${table}`]; // `on conflict` may name it
    case 'AT_AlterColumnType':
      return [`changes the type of ${table}.${name}`];
    case 'AT_SetNotNull':
      return [`makes ${table}.${name} not null`];
    default:
      return [];
  }
}

/** A key over a column that is new is null, and so kept, in whatever the previous version writes. */
function constrains(table: string, constraint: Constraint | undefined, { columns }: Made): boolean {
  const keys = [...(constraint?.fk_attrs ?? []), ...(constraint?.keys ?? [])].map(nameOf);
  return !keys.some((key) => columns.has(`${table}.${key}`));
}

function dropping({ objects = [], removeType = 'OBJECT_TABLE' }: DropStmt, made: Made): readonly string[] {
  if (removeType === 'OBJECT_INDEX') return [];
  const isPart = removeType === 'OBJECT_TRIGGER' || removeType === 'OBJECT_POLICY';
  return objects.flatMap((object) => {
    const path = pathOf(object);
    const name = path.at(-1) ?? '';
    const holder = isPart ? (path.at(-2) ?? '') : name;
    return made.relations.has(holder) || made.replaceable.has(name) ? [] : [`drops ${path.join('.')}`];
  });
}

function replaceableNames(statement: Node): readonly string[] {
  if ('CreateFunctionStmt' in statement)
    return [pathOf({ List: { items: statement.CreateFunctionStmt.funcname ?? [] } }).at(-1) ?? ''];
  if ('ViewStmt' in statement) return [statement.ViewStmt.view?.relname ?? ''];
  if ('CreateTrigStmt' in statement) return [statement.CreateTrigStmt.trigname ?? ''];
  return 'CreatePolicyStmt' in statement ? [statement.CreatePolicyStmt.policy_name ?? ''] : [];
}

const nameOf = (node: Node): string => pathOf(node).at(-1) ?? '';

/** The parts of a name: schema, table, column. */
function pathOf(node: Node): readonly string[] {
  if ('String' in node) return [node.String.sval ?? ''];
  if ('List' in node) return (node.List.items ?? []).flatMap(pathOf);
  if ('ObjectWithArgs' in node) return (node.ObjectWithArgs.objname ?? []).flatMap(pathOf);
  return 'RangeVar' in node ? [node.RangeVar.relname ?? ''] : [];
}

function note(names: Set<string>, name: string | undefined): readonly string[] {
  if (name !== undefined) names.add(name);
  return [];
}
