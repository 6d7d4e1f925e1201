import { useMemo } from 'react'
import { useEngineQuery } from '../../state/useEngineQuery'
import { type SqlName, sqlWords } from './sqlCompletion'

const namesQuery = `SELECT 'column' AS kind, column_name AS name, table_name AS detail FROM duckdb_columns() WHERE NOT internal
UNION ALL SELECT 'table', table_name, '' FROM duckdb_tables() WHERE NOT internal
UNION ALL SELECT 'table', view_name, '' FROM duckdb_views() WHERE NOT internal
UNION ALL SELECT DISTINCT 'function', function_name, '' FROM duckdb_functions()
WHERE function_type IN ('scalar', 'aggregate', 'macro') AND regexp_matches(function_name, '^[a-z_][a-z0-9_]*$')
ORDER BY ALL`

/** Names of the case's database, asked once. */
export function useSqlNames(): readonly SqlName[] {
  const names = useEngineQuery('sql.run', { sql: namesQuery, limit: 20_000 })
  return useMemo(
    () => [
      ...sqlWords,
      ...(names.data?.rows ?? []).flatMap(({ kind, name, detail }): SqlName[] =>
        (kind === 'column' || kind === 'table' || kind === 'function') && typeof name === 'string'
          ? [{ name, kind, detail: String(detail) }]
          : [],
      ),
    ],
    [names.data],
  )
}
