// The path of the launcher in earlier versions. Scripts of deployments still name it.
require('../launcher/souk.cjs');
