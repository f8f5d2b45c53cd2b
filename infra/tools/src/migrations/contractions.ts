import { parse, type AlterTableCmd, type Constraint, type DropStmt, type IndexStmt, type Node } from 'libpg-query';

/**
 * The objects that a migration has created so far. The previous version of the code does not use these objects, so a
 * later statement that changes them cannot break that version.
 */
interface Created {
  readonly relations: Set<string>;
  /**
   * New columns of existing tables. The previous version of the code leaves these columns null, which satisfies their
   * constraints.
   */
  readonly columns: Set<string>;
  /** The new columns without a default, in which rows of the previous version have null. */
  readonly nullColumns: Set<string>;
  /** Functions, views, triggers and policies that the migration creates. A drop of the same name is a replacement. */
  readonly replaceable: ReadonlySet<string>;
}

/**
 * Lists the statements of a migration that may break the previous version of the code, which still runs during a
 * rollout. The previous version may read a dropped object, or write a value that is now refused. An empty list means
 * that the migration only expands the schema. Function bodies and changes of meaning are not checked.
 * @param sql the text of the migration.
 * @returns one phrase per statement.
 * @throws Error when the SQL cannot be parsed.
 */
export async function contractionsIn(sql: string): Promise<readonly string[]> {
  const { stmts = [] } = await parse(sql);
  const statements = stmts.flatMap(({ stmt }) => (stmt ? [stmt] : []));
  const created: Created = {
    relations: new Set(),
    columns: new Set(),
    nullColumns: new Set(),
    replaceable: new Set(statements.flatMap((statement) => replaceableNames(statement))),
  };
  return statements.flatMap((statement) => contractionsOf(statement, created));
}

/**
 * Parses an SQL comment such as `-- contraction: no code reads it since 0.2.0`. Returns the release, or null for a file
 * without such a comment.
 */
export function releaseOfContraction(sql: string): string | null {
  return /^-- contraction: .*\bsince (\d+\.\d+\.\d+)\b/m.exec(sql)?.[1] ?? null;
}

function contractionsOf(statement: Node, created: Created): readonly string[] {
  if ('CreateStmt' in statement) return note(created.relations, statement.CreateStmt.relation?.relname);
  if ('AlterTableStmt' in statement) {
    const { relation, cmds = [] } = statement.AlterTableStmt;
    const table = relation?.relname ?? '';
    if (created.relations.has(table)) return [];
    return cmds.flatMap((each) => ('AlterTableCmd' in each ? alteration(table, each.AlterTableCmd, created) : []));
  }
  if ('DropStmt' in statement) return dropping(statement.DropStmt, created);
  if ('RenameStmt' in statement) {
    const { relation, subname, newname } = statement.RenameStmt;
    return created.relations.has(relation?.relname ?? '')
      ? []
      : [`renames ${subname ?? relation?.relname} to ${newname}`];
  }
  if ('IndexStmt' in statement) return indexing(statement.IndexStmt, created);
  if ('GrantStmt' in statement && !statement.GrantStmt.is_grant) {
    const names = (statement.GrantStmt.objects ?? []).map(nameOf);
    return names
      .filter((name) => !created.relations.has(name) && !created.replaceable.has(name))
      .map((name) => `revokes rights on ${name}`);
  }
  if ('DoStmt' in statement)
    return /\b(alter|drop|revoke|execute)\b/i.test(JSON.stringify(statement))
      ? ['has statements in a DO block, which cannot be checked']
      : [];
  const always = ALWAYS.find((kind) => kind in statement);
  return always === undefined ? [] : [`has a statement of the kind ${always}`];
}

/** A unique index can refuse rows of the previous version, unless a column of the index is new: null differs from every other null. */
function indexing({ unique, relation, indexParams = [], nulls_not_distinct: equalNulls }: IndexStmt, created: Created) {
  const table = relation?.relname ?? '';
  const columns = indexParams.map((each) => ('IndexElem' in each ? `${table}.${each.IndexElem.name}` : ''));
  const isSatisfied = !equalNulls && columns.some((column) => created.nullColumns.has(column));
  return unique && !created.relations.has(table) && !isSatisfied ? [`adds a unique index to ${table}`] : [];
}

/** Kinds of SQL statements that can break the previous version of the code, whatever object they change. */
const ALWAYS = [
  'AlterObjectSchemaStmt',
  'AlterEnumStmt',
  'AlterDomainStmt',
  'DropOwnedStmt',
  'DropRoleStmt',
  'TruncateStmt',
];

function alteration(table: string, { subtype, name, def }: AlterTableCmd, created: Created): readonly string[] {
  const constraint = def && 'Constraint' in def ? def.Constraint : undefined;
  switch (subtype) {
    case 'AT_AddColumn': {
      const column = def && 'ColumnDef' in def ? def.ColumnDef : {};
      const kinds = new Set(
        (column.constraints ?? []).map((each) => ('Constraint' in each ? each.Constraint.contype : undefined)),
      );
      note(created.columns, `${table}.${column.colname}`);
      const isRequired = kinds.has('CONSTR_NOTNULL') || kinds.has('CONSTR_PRIMARY');
      const isFilled = kinds.has('CONSTR_DEFAULT') || kinds.has('CONSTR_IDENTITY') || kinds.has('CONSTR_GENERATED');
      if (!isFilled) note(created.nullColumns, `${table}.${column.colname}`);
      return isRequired && !isFilled ? [`adds ${table}.${column.colname}, not null without a default`] : [];
    }
    case 'AT_AddConstraint':
      return constrains(table, constraint, created)
        ? [`adds the constraint ${constraint?.conname ?? ''} to ${table}`]
        : [];
    case 'AT_ColumnDefault':
      return def ? [] : [`drops the default of ${table}.${name}`];
    case 'AT_DropColumn':
      return [`drops ${table}.${name}`];
    case 'AT_DropConstraint':
      return [`drops the constraint ${name} of ${table}`]; // `on conflict` may name the constraint.
    case 'AT_AlterColumnType':
      return [`changes the type of ${table}.${name}`];
    case 'AT_SetNotNull':
      return [`makes ${table}.${name} not null`];
    default:
      return [];
  }
}

/**
 * Whether a new constraint can refuse rows that the previous version of the code writes. A unique key with a new column
 * accepts these rows, because the column is null in them.
 */
function constrains(table: string, constraint: Constraint | undefined, { columns }: Created): boolean {
  const keys = [...(constraint?.fk_attrs ?? []), ...(constraint?.keys ?? [])].map(nameOf);
  return !keys.some((key) => columns.has(`${table}.${key}`));
}

function dropping({ objects = [], removeType = 'OBJECT_TABLE' }: DropStmt, created: Created): readonly string[] {
  if (removeType === 'OBJECT_INDEX') return [];
  const isPart = removeType === 'OBJECT_TRIGGER' || removeType === 'OBJECT_POLICY';
  return objects.flatMap((object) => {
    const path = pathOf(object);
    const name = path.at(-1) ?? '';
    const holder = isPart ? (path.at(-2) ?? '') : name;
    return created.relations.has(holder) || created.replaceable.has(name) ? [] : [`drops ${path.join('.')}`];
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

/** The parts of a qualified name: schema, table, column. */
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
