/** Two trails that cross: an audit trail and a trace. */
export function Logo({ size }: { readonly size: number }) {
  return (
    <svg
      className="ct-logo"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      fill="none"
      strokeWidth="2"
    >
      <path d="M2 4l5 8 3-5 4 6" stroke="var(--ct-outcome-success)" />
      <path d="M2 12 7 4l3 5 4-6" stroke="var(--ct-accent)" />
    </svg>
  )
}
