import { roleChange } from './roles'

/**
 * The role that a session acts as, through SET ROLE, RESET ROLE, SET LOCAL and the transactions that undo them.
 * Written by the session tracker as statements are known to have succeeded.
 */
export class RoleState {
  #role: string | undefined
  /** Role before the transaction began. */
  #begun: { readonly role: string | undefined } | undefined
  /** Role before SET LOCAL, which holds for its transaction only. */
  #local: { readonly role: string | undefined; readonly virtualXid: string | undefined } | undefined
  #aborted = false

  get role(): string | undefined {
    return this.#role
  }

  /** An error inside a transaction: COMMIT will undo as ROLLBACK does. */
  abort(): void {
    if (this.#begun !== undefined) this.#aborted = true
  }

  /** Ends SET LOCAL where the next entry is of another transaction. */
  enter(virtualXid: string | undefined): void {
    const local = this.#local
    if (local === undefined || local.virtualXid === undefined || virtualXid === undefined) return
    if (virtualXid !== local.virtualXid) this.#endLocal()
  }

  succeeded(sql: string, virtualXid: string | undefined): void {
    const change = roleChange(sql)
    switch (change?.kind) {
      case undefined:
        return
      case 'set':
        if (change.local) this.#local ??= { role: this.#role, virtualXid }
        else this.#local = undefined
        this.#role = change.role
        return
      case 'reset':
        this.#local = undefined
        this.#role = undefined
        return
      case 'begin':
        this.#begun = { role: this.#role }
        this.#aborted = false
        return
      case 'commit':
        if (this.#aborted) this.#rollBack()
        else this.#endLocal()
        this.#begun = undefined
        this.#aborted = false
        return
      case 'rollback':
        this.#rollBack()
        return
    }
  }

  #rollBack(): void {
    if (this.#begun !== undefined) {
      this.#role = this.#begun.role
      this.#local = undefined
    } else this.#endLocal()
    this.#begun = undefined
    this.#aborted = false
  }

  #endLocal(): void {
    if (this.#local !== undefined) this.#role = this.#local.role
    this.#local = undefined
  }
}
