import { readFile } from 'node:fs/promises'
import { expect, test } from '../support/webHost'
import { applyFilter, enter, settled, showView } from '../support/window'

test.use({ hostArgs: ['--sample'] })

test('a filter is completed, turned by its facets, and put behind a query', async ({ page, host, observed }) => {
  await enter(page, host)
  await showView(page, 'Events')
  const box = page.getByRole('combobox', { name: 'Filter all views' })
  await box.fill('outc')
  const options = page.getByRole('listbox', { name: 'Completions' }).getByRole('option')
  await expect(options.first()).toContainText('outcome')
  await box.press('ArrowDown')
  await box.press('Tab')
  await expect(box).toHaveValue('outcome:')
  await box.pressSequentially('den')
  await expect(options.first()).toContainText('denied')
  await box.press('ArrowDown')
  await box.press('Tab')
  await box.press('Enter')
  await expect(page.getByRole('list', { name: 'Filter terms' })).toContainText('outcome:denied')
  await settled(page)

  await page
    .getByRole('region', { name: 'Facets' })
    .getByRole('button')
    .first()
    .click({ modifiers: ['Alt'] })
  await expect(page.getByRole('list', { name: 'Filter terms' }).getByRole('listitem')).toHaveCount(2)

  await page.keyboard.press('Control+Shift+S')
  const query = page.getByRole('textbox', { name: 'SQL query' })
  await expect(query).toHaveValue(/SELECT \* FROM access_event WHERE .*denied/)
  expect(observed.consoleErrors).toEqual([])
})

test('the console completes names, runs, explains, says where a mistake is, and gives files', async ({
  page,
  host,
  observed,
}) => {
  await enter(page, host)
  await page.keyboard.press('q')
  const query = page.getByRole('textbox', { name: 'SQL query' })
  await query.fill('')
  await query.pressSequentially('SELECT outc')
  await expect(page.getByRole('listbox', { name: 'Names' }).getByRole('option').first()).toContainText('outcome')
  await page.keyboard.press('Tab')
  await query.pressSequentially(', count(*) AS n FROM access_event GROUP BY ALL ORDER BY n DESC', { delay: 0 })
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+Enter')
  const rows = page.getByRole('region', { name: 'Rows' }).getByRole('row')
  await expect(rows.nth(1)).toContainText('success')

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV' }).press('Enter')
  expect(await readFile(await (await download).path(), 'utf8')).toContain('"outcome","n"\r\n"success",')
  const parquet = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Parquet' }).press('Enter')
  expect((await readFile(await (await parquet).path())).subarray(0, 4).toString()).toBe('PAR1')

  await page.getByRole('button', { name: 'Plan' }).press('Enter')
  await expect(page.getByRole('region', { name: 'Plan' })).toContainText('access_event')
  await query.fill('SELECT nothing_like_it FROM access_event')
  await query.press('Control+Enter')
  await expect(page.locator('.ct-sql .ct-pointed mark')).toHaveText('n')
  await query.fill('DELETE FROM note')
  await query.press('Control+Enter')
  await expect(page.getByRole('tabpanel', { name: 'SQL' }).getByRole('alert')).toContainText('SELECT')
  await query.fill('SELECT count(*) FROM range(100000000000) a, range(1000) b')
  await query.press('Control+Enter')
  await page.getByRole('button', { name: 'Cancel' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Run' })).toBeVisible()
  await page.getByRole('combobox', { name: 'Queries that ran' }).selectOption({ index: 2 })
  await expect(query).toHaveValue('DELETE FROM note')
  expect(observed.consoleErrors).toEqual([])
})

test('text is found in records, and opened by keys', async ({ page, host, observed }) => {
  await enter(page, host)
  await page.keyboard.press('s')
  const box = page.getByRole('searchbox', { name: 'Text in records' })
  await box.fill('putrolepolicy')
  await box.press('Enter')
  const hits = page.getByRole('listbox', { name: 'Records found' })
  await expect(hits.getByRole('option').first()).toContainText('PutRolePolicy')
  await expect(page.getByText(/\d+ searched \(100 %\)/)).toBeVisible()
  await hits.focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('tabpanel', { name: 'Inspector' })).toContainText('PutRolePolicy')
  await box.fill('no such text anywhere')
  await box.press('Enter')
  await expect(page.getByText('Not found')).toBeVisible()
  expect(observed.consoleErrors).toEqual([])
})

test('contrast tells what sets the filtered events apart', async ({ page, host, observed }) => {
  await enter(page, host)
  await page.keyboard.press('v')
  await expect(page.getByText('Contrast needs a region')).toBeVisible()
  await applyFilter(page, 'outcome:denied')
  const rows = page.getByRole('region', { name: 'Differences' }).getByRole('row')
  await expect(rows.nth(1)).toContainText('outcome')
  await expect(page.getByText(/differ by more than chance/)).toBeVisible()
  expect(observed.consoleErrors).toEqual([])
})
