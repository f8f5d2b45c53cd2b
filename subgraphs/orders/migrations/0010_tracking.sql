-- The page on which a buyer follows the parcel, where staff entered one. Otherwise the page follows from carrier and number.
alter table fulfillment add column tracking_url text check (length(tracking_url) between 1 and 2000);
