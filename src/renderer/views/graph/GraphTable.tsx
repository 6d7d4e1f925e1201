import { useMemo } from 'react'
import type { AccessGraph } from '../../../contract/traces'
import { useSelection, useSettings } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { formatCount } from '../../text/numbers'
import { formatRowTime, zoneLabel } from '../../text/time'

/** The graph as text: every edge, most accesses first. */
export function GraphTable({ graph }: { readonly graph: AccessGraph }) {
  const zone = useSettings((s) => s.timeZone)
  const picked = useSelection((s) => s.edge)
  const pickEdge = useSelection((s) => s.pickEdge)
  const labels = useMemo(() => new Map(graph.nodes.map((node) => [node.id, node])), [graph])
  const edges = useMemo(() => [...graph.edges].sort((a, b) => b.count - a.count), [graph])
  const name = (id: string) => {
    const node = labels.get(id)
    return (
      <>
        <span className="ct-dim">{node?.kind ?? ''}</span> <Evidence text={node?.label ?? id} />
      </>
    )
  }
  return (
    <div className="ct-gr-table">
      <table className="ct-table">
        <caption>Accesses between nodes</caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col" className="ct-num">
              Accesses
            </th>
            <th scope="col" className="ct-num">
              Denied
            </th>
            <th scope="col">First ({zoneLabel(zone)})</th>
            <th scope="col">Last ({zoneLabel(zone)})</th>
          </tr>
        </thead>
        <tbody>
          {edges.map((edge) => (
            <tr
              key={`${edge.source}→${edge.target}`}
              className={picked?.source === edge.source && picked.target === edge.target ? 'ct-selected' : undefined}
            >
              <th scope="row">
                <button type="button" className="ct-gr-plain" onClick={() => pickEdge(edge.source, edge.target)}>
                  {name(edge.source)}
                </button>
              </th>
              <td>{name(edge.target)}</td>
              <td className="ct-num">{formatCount(edge.count)}</td>
              <td className={edge.denied > 0 ? 'ct-num ct-warn' : 'ct-num'}>{formatCount(edge.denied)}</td>
              <td>{formatRowTime(edge.firstTs, zone)}</td>
              <td>{formatRowTime(edge.lastTs, zone)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
