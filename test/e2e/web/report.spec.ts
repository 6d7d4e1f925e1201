import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '../support/webHost'
import { enter, settled, showView } from '../support/window'

test.use({ hostArgs: ['--sample'] })

test('the composer sets what the preview and the pages say', async ({ page, host, observed }) => {
  await enter(page, host)
  await showView(page, 'Report')
  const preview = page.getByRole('region', { name: 'Preview' })
  await expect(preview.getByRole('heading', { name: 'Executive summary' })).toBeVisible({ timeout: 40_000 })

  await test.step('a section is left out, another one moved up', async () => {
    await page.getByRole('checkbox', { name: 'Evidence', exact: true }).uncheck()
    await expect(preview.getByRole('heading', { name: 'Evidence', exact: true })).toHaveCount(0, { timeout: 40_000 })
    await page.getByRole('button', { name: 'Story: further up' }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('form', { name: 'Composer' }).getByRole('listitem').first()).toContainText('Story')
  })
  await test.step('classification, author and language are those of the pages', async () => {
    await page.getByLabel('Classification').fill('INTERNAL')
    await page.getByLabel('Author').fill('alice@example.com')
    await page.getByLabel('Language of labels').selectOption('de')
    await expect(preview.getByRole('heading', { name: 'Zusammenfassung' })).toBeVisible({ timeout: 40_000 })
    await expect(preview.getByText('INTERNAL', { exact: true })).toBeVisible()
    await expect(preview.getByText('alice@example.com', { exact: true })).toBeVisible()
  })
  await test.step('a logo is on the cover, and the choices are still there after a reload', async () => {
    await page.getByLabel('File of the logo').setInputFiles({
      name: 'logo.svg',
      mimeType: 'image/svg+xml',
      buffer: Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>',
      ),
    })
    await expect(preview.getByRole('img', { name: 'Logo' })).toBeVisible({ timeout: 40_000 })
    await page.waitForTimeout(2_500)
    await page.reload()
    await expect(page.getByLabel('Author')).toHaveValue('alice@example.com', { timeout: 40_000 })
    await expect(page.getByLabel('Language of labels')).toHaveValue('de')
    await expect(preview.getByRole('img', { name: 'Logo' })).toBeVisible({ timeout: 40_000 })
  })
  await settled(page)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  expect(observed.consoleErrors).toEqual([])
})
