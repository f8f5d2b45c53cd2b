-- Settings have the columns of every row that staff edit: the version for the optimistic lock, the editor and the times.
select catalog.stamped('catalog_settings');
