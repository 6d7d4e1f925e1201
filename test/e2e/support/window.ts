/** Acts in the window as a person does them: by role, name and key. */
import { expect, type Locator, type Page } from '@playwright/test'
import type { WebHost } from './webHost'

export interface DroppedFile {
  readonly name: string
  readonly text: string
}

export async function enter(page: Page, host: WebHost): Promise<void> {
  await page.goto(host.url)
  await expect.poll(() => page.evaluate(() => window.location.hash), { timeout: 20_000 }).toBe('')
  await page.locator('main').waitFor()
}

/** Drops files on the window, as one drag from the desktop. */
export async function dropFiles(page: Page, files: readonly DroppedFile[]): Promise<void> {
  const dataTransfer = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer()
    for (const { name, text } of given) transfer.items.add(new File([text], name))
    return transfer
  }, files)
  for (const type of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('main', type, { dataTransfer })
}

/** The button of a view in the rail. */
export function railButton(page: Page, title: string): Locator {
  return page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: title, exact: true })
}

export async function showView(page: Page, title: string): Promise<void> {
  await railButton(page, title).click()
  await page.getByRole('tabpanel', { name: title, exact: true }).waitFor()
}

export async function applyFilter(page: Page, text: string): Promise<void> {
  const box = page.getByRole('combobox', { name: 'Filter all views' })
  await box.fill(text)
  await box.press('Enter')
  await box.press('Escape')
}

export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(title)
  await page.keyboard.press('Enter')
}

/** Writes a note on what is selected, and waits until it is shown as kept. */
export async function writeNote(page: Page, text: string): Promise<void> {
  await page.keyboard.press('n')
  const form = page.getByRole('tabpanel', { name: 'Inspector' }).getByRole('form', { name: 'New note' })
  await form.getByRole('textbox', { name: 'Note text' }).fill(text)
  await form.getByRole('button', { name: 'Add note' }).click()
  await expect(page.getByRole('tabpanel', { name: 'Inspector' }).locator('.ct-note')).toHaveCount(1)
}

/** Waits until nothing is asked of the engine any more. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('.ct-status-bar .ct-busy')).toHaveText('idle', { timeout: 20_000 })
}
