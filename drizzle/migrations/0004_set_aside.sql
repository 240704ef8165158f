CREATE TABLE `doc_set_aside` (
	`workspace_id` text NOT NULL,
	`seq` integer NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`part` integer NOT NULL,
	`data` blob NOT NULL,
	`reason` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `seq`, `kind`, `name`, `part`)
);
