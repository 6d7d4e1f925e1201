import AxeBuilder from '@axe-core/playwright'
import { bundle } from '../support/bundle'
import { expect, test } from '../support/webHost'
import { dropFiles, enter, railButton, runCommand, settled, showView } from '../support/window'

test.use({ viewport: { width: 1280, height: 720 } })

test.describe('with the sample', () => {
  test.use({ hostArgs: ['--sample'] })

  test('every view is reached by arrows from one tab stop, and the one in front is marked', async ({ page, host }) => {
    await enter(page, host)
    await showView(page, 'Dashboard')
    const rail = page.getByRole('navigation', { name: 'Views' })
    await expect(rail.locator('[data-view][tabindex="0"]')).toHaveCount(1)
    const names = await rail
      .locator('[data-view]')
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? ''))
    for (const name of names) {
      await expect(railButton(page, name)).toBeFocused()
      await expect(railButton(page, name)).toBeInViewport({ ratio: 1 })
      await page.keyboard.press('Enter')
      if (name !== 'Inspector') await expect(railButton(page, name)).toHaveAttribute('aria-current', 'page')
      await expect(rail.locator('[aria-current]')).toHaveCount(1)
      await railButton(page, name).focus()
      await page.keyboard.press('ArrowDown')
    }
    await expect(railButton(page, 'Dashboard')).toBeFocused()
  })

  test('folded, it leaves icons that keep their names, and is so again when the case is opened again', async ({
    page,
    host,
  }) => {
    await enter(page, host)
    await page.getByRole('button', { name: 'Names of the views' }).click()
    await expect(page.getByText('Cross-check', { exact: true })).toBeHidden()
    await railButton(page, 'Timeline').hover()
    await expect(page.getByText('in lanes of any field')).toBeVisible()
    await page.reload()
    await expect(page.getByRole('button', { name: 'Names of the views' })).toHaveAttribute('aria-expanded', 'false')
    await showView(page, 'Timeline')
  })

  test('a view is put into a pane of its own, and back', async ({ page, host }) => {
    await enter(page, host)
    await showView(page, 'Timeline')
    await railButton(page, 'Events').click({ modifiers: ['Shift'] })
    await expect(page.getByRole('tabpanel', { name: 'Timeline', exact: true })).toBeVisible()
    await expect(page.getByRole('tabpanel', { name: 'Events', exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Put Events back into the main pane' }).click()
    await expect(page.getByRole('tabpanel', { name: 'Timeline', exact: true })).toBeHidden()
    await runCommand(page, 'Timeline, in a pane beside')
    await expect(page.getByRole('tabpanel', { name: 'Timeline', exact: true })).toBeVisible()
    await expect(page.getByRole('tabpanel', { name: 'Events', exact: true })).toBeVisible()
  })

  test('no view names two landmarks alike', async ({ page, host }) => {
    await enter(page, host)
    for (const name of ['Events', 'Traces', 'Timeline', 'Dashboard']) {
      await showView(page, name)
      await settled(page)
      const { violations } = await new AxeBuilder({ page })
        .withRules(['landmark-unique', 'landmark-one-main', 'region', 'list', 'listitem'])
        .analyze()
      const said = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
      expect.soft(said, name).toEqual([])
    }
  })
})

test.describe('with an empty case', () => {
  test.use({ hostArgs: ['package.json'] })

  test('views with nothing to show say what is missing until it is imported', async ({ page, host }) => {
    await enter(page, host)
    await page.getByRole('button', { name: 'New case' }).click()
    const about = (name: string) => railButton(page, name).getAttribute('aria-description')
    await railButton(page, 'Traces').waitFor()
    expect(await about('Traces')).toContain('No traces in this case')
    expect(await about('Events')).toContain('No access events in this case')
    await dropFiles(page, bundle)
    await expect.poll(() => about('Traces')).toContain('Requests through the services')
    expect(await about('Out of band')).toContain('Access that no trace explains')
  })
})
