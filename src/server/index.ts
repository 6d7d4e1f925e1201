/** What the command line and the start script use. */
export { type ServeOptions, type Serving, serve } from './serve'
export { type RunningServer, type ServerOptions, startServer } from './startServer'
