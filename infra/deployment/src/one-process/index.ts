export { takeDataFolder } from './data-folder.ts';
export { type Database, openDatabase, startDatabase } from './database.ts';
export { type Environment, readEnvironment } from './environment.ts';
export { checkPort } from './port.ts';
export { diskFullFailure, errorCode, isDiskFull, listenFailure, otherVersionFailure } from './start-problems.ts';
