ALTER TABLE `links` ADD `epoch` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE `links` SET `epoch` = coalesce(
	(SELECT `epoch` FROM `rooms` WHERE `links`.`kind` = 'room' AND `rooms`.`workspace_id` = `links`.`workspace_id` AND `rooms`.`id` = `links`.`item_id` AND `rooms`.`slug` = `links`.`slug`),
	(SELECT `epoch` FROM `webinars` WHERE `links`.`kind` = 'webinar' AND `webinars`.`workspace_id` = `links`.`workspace_id` AND `webinars`.`id` = `links`.`item_id` AND `webinars`.`slug` = `links`.`slug`),
	0);
