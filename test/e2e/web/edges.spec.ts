import { bundle, cloudTrailCall } from '../support/bundle'
import { expect, test } from '../support/webHost'
import { dropFiles, enter, showView } from '../support/window'

test.use({ hostArgs: ['package.json'] })

test('an empty case says in every view what belongs there', async ({ page, host }) => {
  await enter(page, host)
  await page.getByRole('button', { name: 'New case' }).click()
  const taught = [
    ['Evidence', 'No evidence yet'],
    ['Timeline', 'No times yet'],
    ['Events', 'No events yet'],
    ['Traces', 'No traces yet'],
    ['Access graph', 'No accesses yet'],
    ['Notes', 'No notes yet'],
  ] as const
  for (const [view, title] of taught) {
    await showView(page, view)
    await expect(page.getByRole('heading', { name: title })).toBeVisible()
  }
  await expect(page.getByRole('heading', { name: 'Nothing selected' })).toBeVisible()
})

test('a wrong filter is marked at its character and the one before stays', async ({ page, host }) => {
  await enter(page, host)
  await dropFiles(page, bundle)
  await expect(page.getByText(/records read from 3 files/)).toBeVisible({ timeout: 30_000 })
  await showView(page, 'Events')
  const box = page.getByRole('combobox', { name: 'Filter all views' })
  await box.fill('outcome:denied AND (actor:alice')
  const problem = page.getByRole('search', { name: 'Filter' }).getByRole('alert')
  await expect(problem.locator('mark')).toBeVisible()
  await expect(box).toHaveAttribute('aria-invalid', 'true')
  await box.press('Enter')
  await expect(page.locator('.ct-status-bar')).toContainText('7 events')
  await expect(box).toHaveValue('outcome:denied AND (actor:alice')
  await box.fill('no_such_field:x outcome:denied')
  await expect(problem.locator('mark')).toHaveText('n')
})

test('a cancelled import keeps the files that were finished', async ({ page, host }) => {
  test.setTimeout(90_000)
  await enter(page, host)
  const small = { name: 'a-small.json', text: JSON.stringify({ Records: [cloudTrailCall(0)] }) }
  await dropFiles(page, [small, { name: 'b-large.jsonl', text: '' }])
  await expect(page.getByText(/records? read from/)).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('a-small.json').first()).toBeVisible()

  // Made inside the page: it is too large to hand over.
  const line = JSON.stringify(cloudTrailCall(1))
  const dataTransfer = await page.evaluateHandle((text) => {
    const part = Array.from({ length: 5_000 }, (_, at) => text.replace('00000001"', `${String(at).padStart(8, '0')}"`))
    const block = `${part.join('\n')}\n`
    const transfer = new DataTransfer()
    transfer.items.add(new File(['{"Records":[', text.replace('09:01', '09:02'), ']}'], 'c-finished.json'))
    transfer.items.add(new File(Array(80).fill(block), 'd-large.jsonl'))
    return transfer
  }, line)
  for (const type of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('main', type, { dataTransfer })
  const tasks = page.getByRole('region', { name: 'Tasks and messages' })
  await expect(tasks.getByText('file 2 of 2: d-large.jsonl', { exact: false })).toBeVisible({ timeout: 60_000 })
  await tasks.getByRole('button', { name: 'Cancel' }).click()
  await expect(tasks.getByRole('button', { name: 'Cancel' })).toHaveCount(0, { timeout: 20_000 })
  await showView(page, 'Evidence')
  const files = page.getByRole('region', { name: 'Files' })
  await expect(files.getByText('a-small.json')).toBeVisible()
  await expect(files.getByText('c-finished.json')).toBeVisible()
  await expect(files.getByText('d-large.jsonl')).toHaveCount(0)
  await expect(page.locator('.ct-status-bar')).toContainText('2 events')
})
