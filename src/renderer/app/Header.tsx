import { Contrast, Moon, Search } from '@blueprintjs/icons'
import type { OpenCase } from '../../contract/case'
import { KeyCaps } from '../commands/CommandPalette'
import { FilterBox } from '../filter/FilterBox'
import { useSettings } from '../state/workbench'
import { Evidence } from '../text/Evidence'
import { useResolvedTheme } from '../theme/useTheme'
import { Logo } from '../ui/Logo'
import { WindowControl } from './WindowControl'
import { ZoneControl } from './ZoneControl'

/** Case, filter, time window, zone, theme, palette: one line. */
export function Header({ open, onPalette }: { readonly open: OpenCase | null; readonly onPalette: () => void }) {
  const setTheme = useSettings((s) => s.setTheme)
  const theme = useResolvedTheme()
  return (
    <header className="ct-header">
      <h1 className="ct-case-title">
        <Logo size={16} />
        {open === null ? 'Crosstrail' : <Evidence text={open.info.title} />}
      </h1>
      {open === null ? <span className="ct-grow" /> : <FilterBox />}
      {open === null ? null : <WindowControl key={open.info.id} caseSpan={open.span} />}
      <ZoneControl atUs={open?.span?.fromUs} />
      <button
        type="button"
        className="ct-icon-button ct-header-button"
        aria-label={theme === 'dark' ? 'Light theme' : 'Dark theme'}
        title={theme === 'dark' ? 'Light theme' : 'Dark theme'}
        onClick={() => setTheme(theme === 'dark' ? 'light' : 'dark')}
      >
        {theme === 'dark' ? <Contrast size={14} /> : <Moon size={14} />}
      </button>
      <button type="button" className="ct-switch" onClick={onPalette} title="Command palette">
        <Search size={12} /> <KeyCaps keys={['mod+k']} />
      </button>
    </header>
  )
}
