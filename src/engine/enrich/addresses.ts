/** Every address that a case names: of the clients of events, of the hops on their way, and of spans. */
import { type Sql, sql } from '../db/sql'

/** Four parts, or IPv6 with all its groups or `::`. Sources may have names and ports in these places. */
const addressShape = String.raw`(\d{1,3}\.){3}\d{1,3}|[0-9a-fA-F:.]*::[0-9a-fA-F:.]*|([0-9a-fA-F]{1,4}:){6,7}[0-9a-fA-F.]{1,15}`

/** Rows of one column `address`, each once. The same text as it stands in the rows, so that they join. */
export const addressTexts: Sql = sql`
  SELECT address
  FROM (
    SELECT src_ip AS address FROM access_event WHERE src_ip_hi IS NOT NULL
    UNION SELECT unnest(ip_chain) FROM access_event WHERE ip_chain IS NOT NULL
    UNION SELECT client_address FROM span
    UNION SELECT peer_address FROM span
    UNION SELECT host_address FROM span
  )
  WHERE address IS NOT NULL AND len(address) <= 45 AND regexp_full_match(address, ${addressShape})`
