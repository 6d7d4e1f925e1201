export function GraphView() {
  return <p className="ct-empty">The graph is being drawn.</p>
}
