import { expect, test } from '../support/webHost'
import { applyFilter, enter, settled, showView } from '../support/window'

test.use({ hostArgs: ['--sample'] })

test('terms are edited, turned, pinned and removed from the keyboard, and the way back is a tree', async ({
  page,
  host,
  observed,
}) => {
  await enter(page, host)
  await showView(page, 'Events')
  const box = page.getByRole('combobox', { name: 'Filter all views' })
  const chips = page.getByRole('list', { name: 'Filter terms' })
  await applyFilter(page, 'outcome:denied service:sts.amazonaws.com')
  await chips.getByRole('button', { name: 'Edit outcome:denied' }).press('Enter')
  const term = page.getByRole('textbox', { name: 'Term outcome:denied' })
  await term.fill('outcome:(')
  await term.press('Enter')
  await expect(chips.getByRole('alert')).not.toBeEmpty()
  await expect(box).toHaveValue('outcome:denied service:sts.amazonaws.com')
  await term.fill('outcome:success')
  await term.press('Enter')
  await expect(box).toHaveValue('outcome:success service:sts.amazonaws.com')
  await expect(chips.getByRole('button', { name: 'Edit outcome:success' })).toBeFocused()

  await page.keyboard.press('-')
  await expect(box).toHaveValue('-outcome:success service:sts.amazonaws.com')
  await expect(chips.getByRole('button', { name: 'Edit -outcome:success, excluded' })).toBeFocused()
  await page.keyboard.press('p')
  await page.getByRole('button', { name: 'Clear the filter' }).press('Enter')
  await expect(box).toHaveValue('-outcome:success')
  await chips.getByRole('button', { name: /^Edit -outcome:success/ }).press('Delete')
  await expect(box).toHaveValue('')

  await applyFilter(page, 'source:k8s')
  await page.getByRole('button', { name: 'History of the filter' }).press('Enter')
  const tree = page.getByRole('tree', { name: 'History of the filter' })
  await expect(tree.getByRole('treeitem', { name: /source:k8s/ })).toBeFocused()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('F2')
  await page.getByRole('textbox', { name: 'Name of the step' }).fill('Denied at STS')
  await page.keyboard.press('Enter')
  await expect(tree.getByRole('treeitem', { name: /Denied at STS/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(box).toHaveValue('outcome:denied service:sts.amazonaws.com')
  await settled(page)
  expect(observed.consoleErrors).toEqual([])
})
