import type { ComponentType, ReactNode } from 'react'

/**
 * The icons of the views: 16 units square, one line width, drawn with the colour of the text. The text beside them, or
 * the name of their button, says what they mean.
 */
function icon(shape: ReactNode): ComponentType<{ readonly size?: number }> {
  return function ViewIcon({ size = 16 }) {
    return (
      <svg
        className="ct-view-icon"
        width={size}
        height={size}
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.35"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {shape}
      </svg>
    )
  }
}

/** Tiles of unlike sizes. */
export const DashboardIcon = icon(<path d="M2 2h5v7H2zM9.5 2H14v3.5H9.5zM9.5 8H14v6H9.5zM2 11.5h5V14H2z" />)

/** Bars of a histogram above an axis. */
export const TimelineIcon = icon(<path d="M1.5 14h13M3.5 11.5v-3M6.5 11.5V4M9.5 11.5V7M12.5 11.5V2.5" />)

/** Rows with a mark in front. */
export const EventsIcon = icon(
  <path d="M2.2 3.5h.1M5 3.5h9M2.2 6.5h.1M5 6.5h9M2.2 9.5h.1M5 9.5h6.5M2.2 12.5h.1M5 12.5h9" />,
)

/** Spans, each later than the one above. */
export const TracesIcon = icon(<path d="M1.5 2.2h9v2.6h-9zM4.5 6.7h7v2.6h-7zM8 11.2h6.5v2.6H8z" />)

/** Three nodes and their edges. */
export const GraphIcon = icon(
  <>
    <circle cx="3.4" cy="8" r="1.9" />
    <circle cx="12.4" cy="3.6" r="1.9" />
    <circle cx="12.4" cy="12.4" r="1.9" />
    <path d="M5.2 7.1l5.5-2.7M5.2 8.9l5.5 2.7" />
  </>,
)

/** A window with a pane at its side. */
export const InspectorIcon = icon(<path d="M1.5 2.5h13v11h-13zM9.5 2.5v11M11.3 5.5h1.4M11.3 8h1.4" />)

/** A dot outside of two lanes. */
export const OutOfBandIcon = icon(
  <>
    <path d="M1.5 5h4M10.5 5h4M1.5 13h13" />
    <circle cx="8" cy="5" r="2.2" strokeDasharray="1.4 1.5" />
  </>,
)

/** A way that ends at a barrier. */
export const DenialIcon = icon(
  <>
    <circle cx="3" cy="12.6" r="1.5" />
    <path d="M4.6 12.6h4.2a2.3 2.3 0 0 0 0-4.6H6.6a2.3 2.3 0 0 1 0-4.6h2.6M11 1.4l3.6 3.6M14.6 1.4L11 5" />
  </>,
)

/** Cells of which some are filled. */
export const CoverageIcon = icon(
  <>
    <path d="M2 2h12v12H2zM2 6h12M2 10h12M6 2v12M10 2v12" />
    <path d="M6 2h4v4H6zM2 10h4v4H2zM10 6h4v4h-4z" fill="currentColor" stroke="none" opacity="0.55" />
  </>,
)

export const ClocksIcon = icon(
  <>
    <circle cx="8" cy="8" r="6.3" />
    <path d="M8 4.2V8l2.7 1.8" />
  </>,
)

export const SearchIcon = icon(
  <>
    <circle cx="6.8" cy="6.8" r="4.6" />
    <path d="M10.3 10.3l4 4M4.8 6.8h4" />
  </>,
)

/** Two measures that differ. */
export const ContrastIcon = icon(<path d="M8 1.5v13M6 4H3M6 8H1.5M6 12H4.2M10 4h4.5M10 8h1.6M10 12h3" />)

/** A prompt. */
export const SqlIcon = icon(<path d="M1.5 2.5h13v11h-13zM4 6l2.2 2L4 10M8.2 10.5H12" />)

/** A sheet with a pen. */
export const NotesIcon = icon(<path d="M13 8.5V14H2V3h6M6 10l.5-2.3 6-6 1.8 1.8-6 6zM11 3.2L12.8 5" />)

/** A claim that is ticked. */
export const FindingsIcon = icon(
  <path d="M8 1.5l5.5 2v4.2c0 3.3-2.3 5.6-5.5 6.8-3.2-1.2-5.5-3.5-5.5-6.8V3.5zM5.5 8l1.8 1.8 3.3-3.6" />,
)

/** Steps of a story down a line. */
export const IncidentIcon = icon(
  <>
    <path d="M4 2.5v11M7.5 3.5H14M7.5 8h4.5M7.5 12.5H14" />
    <circle cx="4" cy="3.5" r="1.3" />
    <circle cx="4" cy="8" r="1.3" />
    <circle cx="4" cy="12.5" r="1.3" />
  </>,
)

/** A page of text. */
export const ReportIcon = icon(<path d="M3 1.5h6.5L13 5v9.5H3zM9.3 1.7v3.5h3.5M5.5 8h5M5.5 10.8h5" />)

/** A box of files. */
export const EvidenceIcon = icon(<path d="M1.8 2.5h12.4v3.3H1.8zM2.8 5.8v7.7h10.4V5.8M6.3 8.7h3.4" />)
