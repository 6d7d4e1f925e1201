export function TimelineView() {
  return <p className="ct-empty">The timeline is being drawn.</p>
}
