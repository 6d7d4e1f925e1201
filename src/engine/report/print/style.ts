/** The look of the HTML form, on screen and on paper. */
export const style = `:root { color-scheme: light; --ink: #1c2430; --soft: #5b6675; --line: #d5dbe3; --wash: #f4f6f9; --good: #1f7a4d; --bad: #b3261e; --warn: #9a6200; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 2rem 1.5rem 4rem; color: var(--ink); background: #fff; font: 15px/1.5 "Noto Sans", system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.35rem; margin: 2.5rem 0 .75rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
h4 { font-size: .85rem; margin: 1rem 0 .25rem; color: var(--soft); font-weight: 600; }
p { margin: .5rem 0; }
.kind, .muted { color: var(--soft); font-size: .85rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); gap: .5rem; margin: 1rem 0; }
.tiles div { background: var(--wash); padding: .5rem .75rem; display: flex; flex-direction: column-reverse; }
.tiles dt { color: var(--soft); font-size: .8rem; }
.tiles dd { margin: 0; font-size: 1.25rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.facts { margin: .5rem 0; }
.facts div { display: grid; grid-template-columns: 11rem 1fr; gap: 1rem; padding: .15rem 0; border-bottom: 1px solid var(--wash); }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; white-space: pre-wrap; }
.mono, code, pre { font-family: "Noto Sans Mono", ui-monospace, monospace; font-size: .85em; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .87rem; }
th { text-align: left; color: var(--soft); font-weight: 600; border-bottom: 1px solid var(--soft); padding: .3rem .5rem; vertical-align: bottom; white-space: nowrap; }
td { min-width: 4rem; border-bottom: 1px solid var(--line); padding: .3rem .5rem; vertical-align: top; }
.right { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.nowrap { white-space: nowrap; }
.above td { border-bottom: 0; padding-bottom: 0; }
.below td { color: var(--soft); font-size: .8rem; padding-top: 0; }
.logo img { max-height: 4rem; max-width: 16rem; }
figure { margin: 1rem 0; }
figure img { width: 100%; height: auto; }
figcaption { color: var(--soft); font-size: .85rem; }
blockquote { margin: .5rem 0; padding: .5rem .75rem; background: #fff8e1; border-left: 3px solid #e0a800; }
blockquote .words { white-space: pre-wrap; margin: 0; }
blockquote footer { color: var(--soft); font-size: .8rem; }
.tags span { background: #fff; border: 1px solid #e0a800; padding: 0 .4rem; font-size: .8rem; }
.event { border-left: 3px solid var(--line); padding-left: 1rem; margin: 1.5rem 0; }
.event.good { border-color: var(--good); }
.event.bad { border-color: var(--bad); }
.event.warn { border-color: var(--warn); }
.event .outcome { font-weight: 400; color: var(--soft); }
.event.good .outcome { color: var(--good); }
.event.bad .outcome { color: var(--bad); }
.event.warn .outcome { color: var(--warn); }
.event h3 { margin: 0; }
.links { padding-left: 1.1rem; margin: .25rem 0; }
.dense { font-size: .85rem; } .dense b { color: var(--soft); font-weight: 400; } .dense span { margin-right: .9rem; }
ul { padding-left: 1.2rem; margin: .5rem 0; }
.classification { font-weight: 600; color: var(--bad); letter-spacing: .04em; }
.moment { margin: 1rem 0 .5rem; }
.moment .words { white-space: pre-wrap; }
.badge { background: var(--ink); color: #fff; padding: .1rem .45rem; font-size: .8rem; }
.path { list-style: none; margin: 1rem 0; padding: 0 0 0 1.25rem; border-left: 2px solid var(--line); }
.path li { position: relative; margin: 0 0 .9rem; }
.path li::before { content: ""; position: absolute; left: -1.66rem; top: .45rem; width: .65rem; height: .65rem; border-radius: 50%; background: var(--soft); }
.path li.bad::before { background: var(--bad); border-radius: 0; }
.path li.warn::before { background: var(--warn); }
.path p { margin: 0; }
pre { background: var(--wash); padding: .75rem; white-space: pre-wrap; }
body > footer { margin-top: 3rem; padding-top: .5rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .8rem; }
@media print { body { max-width: none; padding: 0; font-size: 11px; } h2, h3, h4 { break-after: avoid; } tr, blockquote { break-inside: avoid; } nav { break-after: page; } }
`
