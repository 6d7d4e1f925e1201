export function TracesView() {
  return <p className="ct-empty">The traces is being drawn.</p>
}
