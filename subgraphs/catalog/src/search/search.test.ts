import { startTestCatalog } from '../testing/catalog.ts';
import { describeSearch } from './testing/search-contract.ts';

describeSearch('POSTGRES', async () => {
  const catalog = await startTestCatalog();
  const admin = await catalog.database.connect();
  return {
    catalog,
    forget: async (productId) =>
      void (await admin.query(`delete from catalog.search_document where product_id = '${productId}'`)),
  };
});
