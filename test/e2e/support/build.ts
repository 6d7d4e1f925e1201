import { ensureBuilt } from '../../support/built'

export default ensureBuilt
