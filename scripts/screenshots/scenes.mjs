/**
 * What each picture shows, in the order in which they are taken: later ones see what earlier ones left. Elements are
 * found by role and name, as people find them.
 *
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {{ name: string, prepare: (page: Page) => Promise<void> }} Scene
 */

const intruder = 'ip:192.0.2.77 OR ip:10.20.7.113'

const notes = [
  {
    where: 'action:AssumeRole outcome:success ip:192.0.2.77',
    row: 'AssumeRole',
    text: 'Session pipeline-5127: no pipeline had this number.',
    tag: 'entry',
  },
  {
    where: 'action:PutRolePolicy ip:192.0.2.77',
    row: 'PutRolePolicy',
    text: 'The deploy role writes its own policy: before this, secrets were refused.',
    tag: 'pivot',
  },
  {
    where: 'ip:10.20.7.113 outcome:success',
    row: 'disconnection',
    text: 'psql as orders_app from a pod that serves no requests; no trace anywhere near.',
    tag: 'out-of-band',
  },
]

/** @type {readonly Scene[]} */
export const scenes = [
  {
    name: 'events',
    prepare: async (page) => {
      await showView(page, 'Events')
      await filter(page, intruder)
      await page.getByRole('row').filter({ hasText: 'PutRolePolicy' }).first().click()
    },
  },
  {
    name: 'notes',
    prepare: async (page) => {
      await showView(page, 'Events')
      for (const told of notes) await note(page, told)
      await showView(page, 'Notes')
    },
  },
  {
    name: 'findings',
    prepare: async (page) => {
      await showView(page, 'Events')
      await filter(page, 'ip:10.20.7.113')
      await page.getByRole('row').filter({ hasText: 'public.customer' }).first().click()
      await page.keyboard.press('a')
      await showView(page, 'Findings')
      await page.getByLabel('Title of the finding').fill('The customer table was read past the application')
      await page
        .getByRole('textbox', { name: 'Statement' })
        .fill('A psql session as orders_app read all customers from a pod that serves no requests.')
      await page.getByRole('button', { name: 'Add an alternative' }).click()
      await page.getByRole('textbox', { name: 'Alternatives considered, 1' }).fill('Maintenance: no ticket names one.')
      await page.locator('.ct-wk-editor').getByText('Saved', { exact: true }).first().waitFor()
    },
  },
  {
    name: 'incident',
    prepare: async (page) => {
      for (const { where, row } of notes) {
        await showView(page, 'Events')
        await filter(page, where)
        await page.getByRole('row').filter({ hasText: row }).first().click()
        await page.keyboard.press('g')
      }
      await showView(page, 'Incident')
      await page.getByLabel('Title of the incident').fill('Misuse of a pipeline token')
      for (const [index, { text }] of notes.entries()) await page.getByLabel(`Text of step ${index + 1}`).fill(text)
      await page.getByRole('button', { name: 'Add from story' }).click()
      await page.getByRole('region', { name: 'Affected' }).getByRole('row').nth(1).waitFor()
    },
  },
  { name: 'evidence', prepare: (page) => showView(page, 'Evidence') },
  {
    name: 'timeline',
    prepare: async (page) => {
      await filter(page, '')
      await showView(page, 'Timeline')
    },
  },
  { name: 'dashboard', prepare: (page) => showView(page, 'Dashboard') },
  {
    name: 'graph',
    prepare: async (page) => {
      await filter(page, intruder)
      await showView(page, 'Access graph')
      await page
        .getByRole('tabpanel', { name: 'Access graph' })
        .getByRole('button', { name: 'All', exact: true })
        .click()
    },
  },
  {
    name: 'traces',
    prepare: async (page) => {
      await filter(page, '')
      await showView(page, 'Traces')
      await page.getByText('Errors only').click()
      await page.getByRole('row').filter({ hasText: 'job regional-report' }).nth(1).click()
    },
  },
  {
    name: 'out-of-band',
    prepare: async (page) => {
      await filter(page, '')
      await showView(page, 'Out of band')
    },
  },
  {
    name: 'path-to-denial',
    prepare: async (page) => {
      await filter(page, 'outcome:denied ip:192.0.2.77')
      await showView(page, 'Events')
      await page.getByRole('row').filter({ hasText: 'denied' }).first().click()
      await filter(page, '')
      await showView(page, 'Path to denial')
    },
  },
  { name: 'coverage', prepare: (page) => showView(page, 'Coverage') },
  { name: 'clocks', prepare: (page) => showView(page, 'Clocks') },
  {
    name: 'contrast',
    prepare: async (page) => {
      await filter(page, 'outcome:denied')
      await showView(page, 'Contrast')
      await page.getByRole('region', { name: 'Differences' }).getByRole('row').nth(1).waitFor()
    },
  },
  {
    name: 'search',
    prepare: async (page) => {
      await filter(page, '')
      await showView(page, 'Search')
      await page.getByRole('searchbox', { name: 'Text in records' }).fill('pipeline-5127')
      await page.keyboard.press('Enter')
      await page.getByRole('option').first().waitFor()
    },
  },
  {
    name: 'sql',
    prepare: async (page) => {
      await showView(page, 'SQL')
      await page.getByRole('textbox', { name: 'SQL query' }).press('Control+Enter')
      await page.getByRole('region', { name: 'Rows' }).getByRole('row').nth(1).waitFor()
    },
  },
  { name: 'report', prepare: (page) => showView(page, 'Report') },
  {
    name: 'welcome',
    prepare: async (page) => {
      await page.keyboard.press('Control+k')
      await page.keyboard.type('Close the case')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Open the sample' }).waitFor()
    },
  },
]

/** @param {Page} page @param {string} title */
async function showView(page, title) {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: title, exact: true }).click()
  await page.getByRole('tabpanel', { name: title, exact: true }).waitFor()
}

/** @param {Page} page @param {string} text */
async function filter(page, text) {
  const box = page.getByRole('combobox', { name: 'Filter all views' })
  await box.fill(text)
  await box.press('Enter')
  await box.press('Escape')
}

/** Selects the first such event and notes something about it. @param {Page} page @param {(typeof notes)[number]} told */
async function note(page, { where, row, text, tag }) {
  await filter(page, where)
  await page.getByRole('row').filter({ hasText: row }).first().click()
  await page.keyboard.press('n')
  const inspector = page.getByRole('tabpanel', { name: 'Inspector' })
  const form = inspector.getByRole('form', { name: 'New note' })
  await form.getByRole('textbox', { name: 'Note text' }).fill(text)
  await form.getByRole('textbox', { name: 'Tags' }).fill(tag)
  await form.getByRole('button', { name: 'Add note' }).click()
  await inspector.getByText(text).first().waitFor()
}
