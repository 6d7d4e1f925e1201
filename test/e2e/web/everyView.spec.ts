import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/webHost'
import { applyFilter, enter, runCommand, settled, showView } from '../support/window'

test.use({ hostArgs: ['--sample'] })

interface Scene {
  readonly name: string
  readonly prepare: (page: Page) => Promise<void>
}

const tab = (name: string): Scene => ({ name, prepare: (page) => showView(page, name) })

const scenes: readonly Scene[] = [
  tab('Evidence'),
  tab('Dashboard'),
  tab('Timeline'),
  {
    name: 'Events',
    prepare: async (page) => {
      await showView(page, 'Events')
      await applyFilter(page, 'action:PutRolePolicy')
      await page.getByRole('row').filter({ hasText: 'PutRolePolicy' }).first().click()
      await page.getByRole('tabpanel', { name: 'Inspector' }).getByText('PutRolePolicy').first().waitFor()
    },
  },
  {
    name: 'Traces',
    prepare: async (page) => {
      await applyFilter(page, '')
      await showView(page, 'Traces')
      await page.getByRole('row').nth(2).click()
      await page.getByRole('tree').or(page.getByRole('treegrid')).first().waitFor()
    },
  },
  tab('Access graph'),
  tab('Out of band'),
  tab('Path to denial'),
  tab('Coverage'),
  tab('Clocks'),
  {
    name: 'Search',
    prepare: async (page) => {
      await showView(page, 'Search')
      await page.getByRole('searchbox', { name: 'Text in records' }).fill('putrolepolicy')
      await page.keyboard.press('Enter')
      await page.getByRole('option').first().waitFor()
    },
  },
  {
    name: 'Contrast',
    prepare: async (page) => {
      await applyFilter(page, 'outcome:denied')
      await showView(page, 'Contrast')
      await page.getByRole('region', { name: 'Differences' }).getByRole('row').nth(1).waitFor()
    },
  },
  {
    name: 'SQL',
    prepare: async (page) => {
      await applyFilter(page, '')
      await showView(page, 'SQL')
      await page.getByRole('textbox', { name: 'SQL query' }).press('Control+Enter')
      await page.getByRole('region', { name: 'Rows' }).getByRole('row').nth(1).waitFor()
    },
  },
  tab('Notes'),
  {
    name: 'Findings',
    prepare: async (page) => {
      await showView(page, 'Events')
      await page.getByRole('row').nth(3).click()
      await runCommand(page, 'Add the selection to the finding')
      await showView(page, 'Findings')
      await page.getByRole('region', { name: 'Evidence', exact: true }).getByRole('listitem').first().waitFor()
    },
  },
  {
    name: 'Incident',
    prepare: async (page) => {
      await runCommand(page, 'Add the selection to the story of the incident')
      await showView(page, 'Incident')
      await page.getByRole('button', { name: 'Add from story' }).click()
      await page.getByRole('region', { name: 'Affected' }).getByRole('row').nth(1).waitFor()
    },
  },
  tab('Report'),
  {
    name: 'Welcome',
    prepare: async (page) => {
      await runCommand(page, 'Close the case')
      await page.getByRole('button', { name: 'Open the sample' }).waitFor()
    },
  },
]

const sizes = [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
] as const

test('every view is accessible, quiet and as wide as the window, in both themes and sizes', async ({
  page,
  host,
  observed,
}) => {
  test.setTimeout(600_000)
  await enter(page, host)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  // A view that comes new is looked at too.
  const rail = page.getByRole('navigation', { name: 'Views' }).locator('[data-view]')
  const views = (await rail.evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label'))))
    .filter((name) => name !== 'Inspector')
    .toSorted()
  expect(
    scenes
      .map(({ name }) => name)
      .filter((name) => name !== 'Welcome')
      .toSorted(),
  ).toEqual(views)
  for (const { name, prepare } of scenes) {
    await prepare(page)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      for (const size of sizes) {
        await page.setViewportSize(size)
        if (name !== 'Welcome') await settled(page)
        const where = `${name}, ${colorScheme}, ${size.width}×${size.height}`
        // Panes follow the window a moment later; what stays too wide after that is a fault.
        await expect
          .configure({ soft: true })
          .poll(() => overflowPx(page), { message: `${where}: page scroll to the side` })
          .toBe(0)
      }
      // Rules look at roles, names and colours, which the size of the window does not change; the smaller one is looked at.
      expect.soft(await grave(page), `${name}, ${colorScheme}: accessibility`).toEqual([])
    }
  }
  expect(observed.consoleErrors).toEqual([])
  expect(observed.policyViolations).toEqual([])
  expect(observed.foreignRequests).toEqual([])
})

function overflowPx(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return Math.max(0, scrollWidth - clientWidth)
  })
}

async function grave(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`))
}
