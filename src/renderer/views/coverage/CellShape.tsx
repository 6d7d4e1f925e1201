/** The state by its shape; colour only repeats it. */
export function CellShape({
  state,
  x,
  y,
  width,
  height,
}: {
  readonly state: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}) {
  const half = height / 2
  switch (state) {
    case 'covered':
      return <rect className="ct-cov-covered" x={x} y={y} width={width} height={height} />
    case 'sampled':
      return <rect className="ct-cov-sampled" x={x} y={y + half} width={width} height={half} />
    case 'uncovered':
      return (
        <rect className="ct-cov-uncovered" x={x + 0.5} y={y + 0.5} width={Math.max(1, width - 1)} height={height - 1} />
      )
    case 'silent':
      return (
        <path
          className="ct-cov-silent"
          d={`M${x} ${y}L${x + width} ${y + height}M${x} ${y + height}L${x + width} ${y}`}
        />
      )
    case 'traced':
      return <rect className="ct-cov-traced" x={x} y={y + half - 1} width={width} height={2} />
    default:
      return null
  }
}
